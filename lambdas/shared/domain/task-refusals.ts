import { linkSettledAfterSeconds } from './link.ts';
import type { Policy } from './policy.ts';
import type { RecordingRecord } from './recording-record.ts';
import type { RefusalReason } from './refusals.ts';
import { secondsAfter } from './seconds-after.ts';
import type { TaskLink, TaskMedia, TaskRecord } from './task-record.ts';

/** Rules 4 to 6 as far as the recording's tasks go: all of them are over, allowed, and play from our link. */
export function taskRefusals(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  { deletion }: Policy,
): readonly RefusalReason[] {
  if (tasks.length === 0) return ['no-task-known'];
  const some = (reason: RefusalReason, isSo: (task: TaskRecord) => boolean): readonly RefusalReason[] =>
    tasks.some(isSo) ? [reason] : [];
  return [
    // A task that is named by the recording and unknown to the ledger may still be open.
    ...(recording.taskSids.some((sid) => tasks.every(({ taskSid }) => taskSid !== sid)) ||
    tasks.some(({ endedAt }) => endedAt === undefined)
      ? (['task-open'] as const)
      : []),
    ...some(
      'transfer-open',
      (task) => task.endedAt === undefined && task.transfers.some(({ outcome }) => outcome === undefined),
    ),
    ...(deletion.waiveInsights ? [] : some('insights-depends-on-twilio', (task) => dependsOnTwilio(recording, task))),
    ...some('queue-excluded', (task) => queuesOf(task).some((sid) => deletion.queues[sid]?.excluded === true)),
    ...some(
      'workspace-not-allowed',
      (task) => isKnownByNameAlone(task) || !deletion.allowedWorkspaceSids.includes(task.workspaceSid),
    ),
  ];
}

/**
 * No event of it ever came and our workspace never had it when it was asked: a conference of the account was named after
 * it, and may be another workspace's.
 */
function isKnownByNameAlone({ endedBy, createdAt, taskQueueSid, legs, link, media }: TaskRecord): boolean {
  const isTold = createdAt !== undefined || taskQueueSid !== undefined || legs.length > 0;
  return endedBy === 'gone' && !isTold && link.seenAt === undefined && media?.seenAt === undefined;
}

/**
 * True unless Insights plays from us: a read after the task's end saw all of ours that was put onto it, and the recording
 * is not among the task's media, which Insights prefers to the link; or it is no longer, because ours comes before it.
 * (https://www.twilio.com/docs/flex/developer/insights/custom-media-attached-conversations, read 2026-11)
 */
function dependsOnTwilio({ recordingSid }: RecordingRecord, task: TaskRecord): boolean {
  const { link, media } = task;
  const isMediaOurs = media !== undefined && isPutThere(media);
  if (isMediaOurs ? media.fromTwilio.includes(recordingSid) : task.mediaRecordingSids.includes(recordingSid))
    return true;
  const ours = [...(isPutThere(link) ? [link] : []), ...(isMediaOurs ? [media] : [])];
  return ours.length === 0 || ours.some((one) => !hasStayed(one, task));
}

type Put = Pick<TaskLink | TaskMedia, 'state' | 'seenAt'>;

/** What there was no room for is not depended on, and what was never wanted neither. */
function isPutThere({ state }: Put): boolean {
  return state !== 'none' && state !== 'refused';
}

function hasStayed({ state, seenAt }: Put, { endedAt }: TaskRecord): boolean {
  if (state !== 'written' || seenAt === undefined || endedAt === undefined) return false;
  return seenAt >= secondsAfter(endedAt, linkSettledAfterSeconds);
}

function queuesOf(task: TaskRecord): readonly NonNullable<TaskRecord['taskQueueSid']>[] {
  return [task.taskQueueSid, ...task.legs.map((leg) => leg.taskQueueSid)].filter((sid) => sid !== undefined);
}
