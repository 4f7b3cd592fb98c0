import { withPrimary } from '../../../lambdas/shared/domain/primary-recording.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { TaskRecord, TaskRecording } from '../../../lambdas/shared/domain/task-record.ts';
import { addRecording } from '../../../lambdas/shared/domain/task-recordings.ts';
import { sids } from '../../support/example-sids.ts';

const at = (text: string): Date => new Date(`2026-03-02T${text}Z`);
const fresh = newTask(
  { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() },
  at('10:00:00'),
);

function recording(n: number, facts: Partial<TaskRecording> = {}): TaskRecording {
  return { recordingSid: sids.recording(n), foundBy: 'callback', kind: 'call', isAbsent: false, ...facts };
}

const having = (...recordings: readonly TaskRecording[]): TaskRecord => ({ ...fresh, recordings });
const primaryOf = (task: TaskRecord): string | undefined => withPrimary(task).primaryRecordingSid;

describe('the recording that the link names', () => {
  it('is the one that Flex itself put on the task, before a conference’s', () => {
    const flex = recording(9, { foundBy: 'segment-link', kind: 'unknown', startedAt: at('10:00:30') });

    expect(primaryOf(having(recording(1, { kind: 'conference', startedAt: at('10:00:01') }), flex))).toBe(
      sids.recording(9),
    );
  });

  it('is else a conference’s before a call’s', () => {
    expect(primaryOf(having(recording(1, { startedAt: at('10:00:01') }), recording(2, { kind: 'conference' })))).toBe(
      sids.recording(2),
    );
  });

  it('is else the earliest, and one without a time comes last', () => {
    const recordings = [
      recording(1),
      recording(2, { startedAt: at('10:00:09') }),
      recording(3, { startedAt: at('10:00:05') }),
    ];

    expect(primaryOf(having(...recordings))).toBe(sids.recording(3));
  });

  it('is else the one with the smallest SID', () => {
    expect(primaryOf(having(recording(3), recording(2)))).toBe(sids.recording(2));
  });

  it('is not switched for a better one that comes later', () => {
    const task = withPrimary(having(recording(5)));
    const later = { ...task, recordings: [...task.recordings, recording(1, { foundBy: 'segment-link' })] };

    expect(primaryOf(later)).toBe(sids.recording(5));
  });

  it('is left when it turns out to hold nothing, for the next best', () => {
    const task = withPrimary(
      having(recording(5, { foundBy: 'segment-link' }), recording(6), recording(7, { kind: 'conference' })),
    );
    const emptied = {
      ...task,
      recordings: task.recordings.map((one) => ({ ...one, isAbsent: one.recordingSid === sids.recording(5) })),
    };

    expect(primaryOf(emptied)).toBe(sids.recording(7));
  });

  it('is none where every recording holds nothing', () => {
    const task = { ...withPrimary(having(recording(5))), recordings: [recording(5, { isAbsent: true })] };

    expect('primaryRecordingSid' in withPrimary(task)).toBe(false);
  });
});

describe('a recording of a task', () => {
  const known = newRecording(
    { recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'list' },
    at('10:00:00'),
  );

  it('stays the one that Flex announced, whoever names it afterwards', () => {
    const task = addRecording(
      addRecording(fresh, sids.recording(), 'segment-link', undefined),
      sids.recording(),
      'list',
      known,
    );

    expect(task.recordings).toMatchObject([{ foundBy: 'segment-link' }]);
  });

  it('becomes the one that Flex announced, though it was known before', () => {
    const task = addRecording(
      addRecording(fresh, sids.recording(), 'list', known),
      sids.recording(),
      'segment-link',
      undefined,
    );

    expect(task.recordings).toMatchObject([{ foundBy: 'segment-link' }]);
  });

  it('takes its kind, its beginning and its emptiness from what the ledger knows of it', () => {
    const source = { status: 'absent', conferenceSid: sids.conference(), startedAt: at('10:00:05') } as const;

    expect(addRecording(fresh, sids.recording(), 'list', { ...known, source }).recordings).toEqual([
      {
        recordingSid: sids.recording(),
        foundBy: 'list',
        kind: 'conference',
        startedAt: at('10:00:05'),
        isAbsent: true,
      },
    ]);
  });

  it('keeps what was known of it when it is named again without news', () => {
    const source = { status: 'completed', callSid: sids.call(), startedAt: at('10:00:05') } as const;
    const task = addRecording(fresh, sids.recording(), 'list', { ...known, source });

    expect(addRecording(task, sids.recording(), 'callback', undefined)).toEqual(task);
    expect(addRecording(task, sids.recording(), 'callback', { source: { status: 'unknown' } })).toEqual(task);
  });
});
