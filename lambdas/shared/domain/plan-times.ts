import type { ExpectedLeg } from './expected-legs.ts';
import type { DeletionPolicy, Policy } from './policy.ts';
import type { RecordingRecord } from './recording-record.ts';
import { secondsAfter } from './seconds-after.ts';
import type { TaskRecord } from './task-record.ts';

/** How long a report waits for the recording's tasks to be known and over. */
const reportPatienceSeconds = 900;

/** The moment from which on the source may go, as far as time is concerned: the grace after the last condition was met. */
export function graceEndsAt(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  legs: readonly ExpectedLeg[],
  { deletion }: Policy,
): Date {
  const { archive } = recording;
  const met = [
    recording.firstSeenAt,
    ...(archive.state === 'verified' ? [archive.verifiedAt] : []),
    ...tasks.flatMap(({ endedAt }) => (endedAt === undefined ? [] : [endedAt])),
    // Whoever let go of the wrong matter has the grace to place it again.
    ...(recording.releases ?? []).map(({ releasedAt }) => releasedAt),
    ...(deletion.confirmedBy === 'archive' ? [] : legs.flatMap(settledAt)),
  ];
  const last = new Date(Math.max(...met.map((at) => at.getTime())));
  return secondsAfter(last, graceSeconds(tasks, deletion));
}

/** Since when a leg is complete, or has timed out: a policy that accepts that has waited for it too. */
function settledAt({ state, completeAt, timesOutAt }: ExpectedLeg): readonly Date[] {
  const at = state === 'timed-out' ? timesOutAt : completeAt;
  return at === undefined ? [] : [at];
}

/** Of several queues the longest grace counts. */
function graceSeconds(tasks: readonly TaskRecord[], deletion: DeletionPolicy): number {
  const queues = tasks.flatMap(({ taskQueueSid, legs }) => [taskQueueSid, ...legs.map((leg) => leg.taskQueueSid)]);
  const own = queues
    .filter((sid) => sid !== undefined)
    .map((sid) => deletion.queues[sid]?.graceSeconds ?? deletion.graceSeconds);
  return own.length === 0 ? deletion.graceSeconds : Math.max(...own);
}

/** An hour, and from a day's age on a share of the age: what only a person can mend is asked for ever more rarely. */
export function checkAgainSeconds(firstSeenAt: Date, at: Date): number {
  return Math.max(3600, (at.getTime() - firstSeenAt.getTime()) / 1000 / 24);
}

/** When the reports no longer wait for the tasks. */
export function reportsDueAt({ archive, firstSeenAt }: RecordingRecord): Date {
  return secondsAfter(archive.state === 'verified' ? archive.verifiedAt : firstSeenAt, reportPatienceSeconds);
}
