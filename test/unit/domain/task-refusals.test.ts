import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import { taskRefusals } from '../../../lambdas/shared/domain/task-refusals.ts';
import type { TaskLink, TaskMedia, TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';

const at = (time: string): Date => new Date(`2026-03-02T${time}Z`);
const recordingSid = sids.recording();
const recording = {
  ...newRecording({ recordingSid, accountSid: sids.account(), foundBy: 'callback' }, at('10:00:00')),
  taskSids: [sids.task()],
};

/** The task ended at 10:01:25; 10:01:55 is 30 s later. */
function refusalsOf(facts: Partial<TaskRecord>, policy = examplePolicy()): readonly string[] {
  const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };
  const task = { ...newTask(of, at('10:00:00')), endedAt: at('10:01:25'), endedBy: 'completed', ...facts } as const;
  return taskRefusals(recording, [task], policy);
}

const stayedLink: TaskLink = { state: 'written', recordingSid, writes: 1, seenAt: at('10:01:55') };
const noLink: TaskLink = { state: 'none', writes: 0 };
const stayedMedia: TaskMedia = {
  state: 'written',
  places: [{ recordingSid }],
  writes: 1,
  seenAt: at('10:01:55'),
  fromTwilio: [],
};
const twiliosMedia = { mediaRecordingSids: [recordingSid] };
const depends = ['insights-depends-on-twilio'];

describe('Insights plays from us', () => {
  it.each([
    ['the link has stayed', { link: stayedLink }],
    ['media of ours has stayed, with no link', { link: noLink, media: stayedMedia }],
    ['both have stayed', { link: stayedLink, media: stayedMedia }],
    ['media of ours has stayed before Twilio’s', { ...twiliosMedia, link: noLink, media: stayedMedia }],
    [
      'there was no room for media beside a link that has stayed',
      { link: stayedLink, media: { ...stayedMedia, state: 'refused' } },
    ],
  ] as const)('where %s', (_what, facts) => {
    expect(refusalsOf(facts)).toEqual([]);
  });
});

describe('Insights depends on Twilio', () => {
  it.each([
    ['nothing of ours was put onto the task', { link: noLink }],
    ['media plays it from Twilio and ours was never put there', { ...twiliosMedia, link: stayedLink }],
    ['media still plays it from Twilio', { link: noLink, media: { ...stayedMedia, fromTwilio: [recordingSid] } }],
    [
      'media was refused and plays it from Twilio',
      { ...twiliosMedia, link: stayedLink, media: { ...stayedMedia, state: 'refused' } },
    ],
    [
      'media was last seen too soon after the end',
      { link: stayedLink, media: { ...stayedMedia, seenAt: at('10:01:54.999') } },
    ],
    [
      'the link was overwritten though media has stayed',
      { link: { ...stayedLink, state: 'overwritten' }, media: stayedMedia },
    ],
    ['media came late', { link: stayedLink, media: { ...stayedMedia, state: 'late' } }],
    ['media is another’s, which was kept', { link: stayedLink, media: { ...stayedMedia, state: 'kept' } }],
    ['media was overwritten', { link: noLink, media: { ...stayedMedia, state: 'overwritten' } }],
  ] as const)('where %s', (_what, facts) => {
    expect(refusalsOf(facts)).toEqual(depends);
  });
});

describe('whose task it is', () => {
  const waiving = examplePolicy({ waiveInsights: true });
  const gone = { endedBy: 'gone', link: { state: 'missed', writes: 0 } } as const;

  it('is not known of one that only a conference’s name spoke of, and that our workspace never had', () => {
    expect(refusalsOf(gone, waiving)).toEqual(['workspace-not-allowed']);
  });

  it.each([
    ['an event told of its beginning', { createdAt: at('10:00:00') }],
    ['an event told of its queue', { taskQueueSid: sids.queue() }],
    ['our workspace had it when it was linked', { link: stayedLink }],
  ] as const)('is known where %s', (_what, facts) => {
    expect(refusalsOf({ ...gone, ...facts }, waiving)).toEqual([]);
  });
});
