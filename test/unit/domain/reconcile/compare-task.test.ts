import {
  queueShares,
  taskFindings,
  withTaskCounted,
} from '../../../../lambdas/shared/domain/reconcile/compare-task.ts';
import type { QueueCounts } from '../../../../lambdas/shared/domain/reconcile/findings.ts';
import type { TaskRecord } from '../../../../lambdas/shared/domain/task-record.ts';
import { sids } from '../../../support/example-sids.ts';
import { exampleTask } from '../../../support/ledger/example-records.ts';

const endedAt = new Date('2026-11-20T10:00:00Z');
const recordings = [{ recordingSid: sids.recording(), foundBy: 'list', kind: 'call', isAbsent: false }] as const;
const accepted = (n: number, taskQueueSid = sids.queue(1)) => ({
  ...{ reservationSid: sids.reservation(n), acceptedAt: endedAt, taskQueueSid },
});

describe('missing-link', () => {
  const later = new Date('2026-11-20T10:02:01Z');
  const found = (changes: Partial<TaskRecord>, now = later) =>
    taskFindings(exampleTask({ endedAt, recordings, ...changes }), now);

  it.each(['none', 'missed', 'removed', 'overwritten'] as const)('is found of a task whose link is %s', (state) => {
    expect(found({ link: { state, writes: 0 } })).toEqual([{ kind: 'missing-link', sid: sids.task(), why: state }]);
  });

  it.each(['written', 'late', 'kept'] as const)('is not found of a task whose link is %s', (state) => {
    expect(found({ link: { state, writes: 1 } })).toEqual([]);
  });

  it('is told from media of ours, where a task has no link', () => {
    const media = (state: 'written' | 'missed') => ({ state, places: [], writes: 1, fromTwilio: [] });

    expect(found({ link: { state: 'none', writes: 0 }, media: media('written') })).toEqual([]);
    expect(found({ link: { state: 'none', writes: 0 }, media: media('missed') })).toEqual([
      { kind: 'missing-link', sid: sids.task(), why: 'missed' },
    ]);
  });

  it('is not found before nobody looks any more, without an end, without sound, or of an erased task', () => {
    expect(found({}, new Date('2026-11-20T10:02:00Z'))).toEqual([]);
    const { endedAt: _none, ...open } = exampleTask({ endedAt, recordings });
    expect(taskFindings(open, later)).toEqual([]);
    expect(found({ recordings: [] })).toEqual([]);
    expect(found({ recordings: [{ ...recordings[0], isAbsent: true }] })).toEqual([]);
    expect(found({ erased: { at: later, erasureId: 'e1' } })).toEqual([]);
  });
});

describe('the recordings of a queue', () => {
  const counted = (tasks: readonly TaskRecord[]): QueueCounts =>
    tasks.reduce((counts, task) => withTaskCounted(counts, task), {});

  it('are counted by the tasks that an agent took by voice, once in each queue that they came through', () => {
    const talked = exampleTask({ channel: 'voice', legs: [accepted(1), accepted(2)], recordings });
    const transferred = exampleTask({ channel: 'voice', legs: [accepted(1), accepted(2, sids.queue(2))] });
    const chat = exampleTask({ channel: 'chat', legs: [accepted(1)] });
    const abandoned = exampleTask({ channel: 'voice', legs: [], taskQueueSid: sids.queue(1) });
    const offered = exampleTask({ channel: 'voice', legs: [{ reservationSid: sids.reservation(3) }] });
    const { taskQueueSid: _unsaid, ...leg } = accepted(1);
    const byTask = exampleTask({ channel: 'voice', legs: [leg], taskQueueSid: sids.queue(1) });

    expect(counted([talked, transferred, chat, abandoned, offered, byTask])).toEqual({
      [sids.queue(1)]: { tasks: 3, recorded: 1 },
      [sids.queue(2)]: { tasks: 1, recorded: 0 },
    });
  });

  it('have a gap where fewer are there than are wanted, and not where just so many are', () => {
    const counts = {
      [sids.queue(1)]: { tasks: 10, recorded: 9 },
      [sids.queue(2)]: { tasks: 10, recorded: 8 },
      [sids.queue(3)]: { tasks: 5, recorded: 0 },
    };
    const wanted = { [sids.queue(1)]: 90, [sids.queue(2)]: 90, [sids.queue(4)]: 100 };

    expect(queueShares(counts, wanted)).toEqual([
      { queueSid: sids.queue(1), tasks: 10, recorded: 9, wantedPercent: 90, isGap: false },
      { queueSid: sids.queue(2), tasks: 10, recorded: 8, wantedPercent: 90, isGap: true },
      { queueSid: sids.queue(3), tasks: 5, recorded: 0, isGap: false },
      { queueSid: sids.queue(4), tasks: 0, recorded: 0, wantedPercent: 100, isGap: false },
    ]);
  });
});
