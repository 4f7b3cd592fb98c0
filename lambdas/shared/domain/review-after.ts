import type { ExpectedLeg } from './expected-legs.ts';
import { linkWindowSeconds } from './link.ts';
import { checkAgainSeconds, graceEndsAt, reportsDueAt } from './plan-times.ts';
import type { Policy } from './policy.ts';
import type { RecordingRecord } from './recording-record.ts';
import type { RefusalReason } from './refusals.ts';
import { secondsAfter } from './seconds-after.ts';
import type { TaskRecord } from './task-record.ts';

/** So that what falls due in a moment is looked at once, when it is due. */
const marginSeconds = 1;

/** An unfinished deletion of ours is taken up again after this, should its message be gone. */
const resumeSeconds = 900;

/**
 * When the plan may turn out otherwise though nothing happens; always after `now`, undefined when only news can change
 * it. What a person must mend (a hold, a switch, a failed leg) is looked at when that person acts.
 */
export function reviewAfter(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  planned: {
    readonly legs: readonly ExpectedLeg[];
    readonly refusals: readonly RefusalReason[];
    readonly policy: Policy;
  },
  now: Date,
): Date | undefined {
  const { refusals, policy } = planned;
  const moments = [
    ...(policy.reports.archive ? [reportsDueAt(recording)] : []),
    ...(recording.deletion.state === 'intended' ? [secondsAfter(now, resumeSeconds)] : []),
    ...(isWorthWaiting(refusals) ? momentsOf(recording, tasks, planned, now) : []),
  ];
  const coming = moments.map((at) => secondsAfter(at, marginSeconds)).filter((at) => at > now);
  return coming.length === 0 ? undefined : new Date(Math.min(...coming.map((at) => at.getTime())));
}

/** Reasons that time alone never lifts. With one of them there is nothing to look at again. */
const lasting: readonly RefusalReason[] = [
  'tombstoned',
  'already-deleted',
  'gone-external',
  'source-empty',
  'retention-ended',
  'archive-version-unknown',
  'archive-size-mismatch',
  'archive-hash-mismatch',
  'archive-channels-mismatch',
  'archive-duration-mismatch',
  'archive-header-mismatch',
  'archive-missing',
  'archive-mismatched',
  'held',
  'calabrio-not-configured',
  'api-mismatch',
  'queue-excluded',
  'account-not-allowed',
  'workspace-not-allowed',
  'switched-off',
];

function isWorthWaiting(refusals: readonly RefusalReason[]): boolean {
  return !refusals.some((reason) => lasting.includes(reason));
}

function momentsOf(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  {
    legs,
    refusals,
    policy,
  }: { readonly legs: readonly ExpectedLeg[]; readonly refusals: readonly RefusalReason[]; readonly policy: Policy },
  now: Date,
): readonly Date[] {
  const again = secondsAfter(now, checkAgainSeconds(recording.firstSeenAt, now));
  return [
    graceEndsAt(recording, tasks, legs, policy),
    ...legs.flatMap(({ timesOutAt }) => (timesOutAt === undefined ? [] : [timesOutAt])),
    // A link that was written last, and checked last, within the window.
    ...tasks.flatMap(({ endedAt }) => (endedAt === undefined ? [] : [secondsAfter(endedAt, linkWindowSeconds + 30)])),
    ...(refusals.includes('api-unconfirmed') || refusals.includes('task-open') ? [again] : []),
  ];
}
