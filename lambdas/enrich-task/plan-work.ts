import { recordingOfOurLink } from '../shared/domain/link.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import { isLinkWindowOpen } from '../shared/domain/task-life.ts';
import type { NamedRecording } from '../shared/domain/task-attributes.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { isMediaInPlace } from '../shared/domain/media-patch.ts';
import { isDigital, mayHaveSound } from '../shared/domain/task-sound.ts';
import type { WorkMessage } from '../shared/messages/work-message.ts';
import type { RecordedTaskEvent } from './record-task-event.ts';

/** A work message, and how long the queue shall keep it before anybody sees it. */
export interface PlannedWork {
  readonly message: WorkMessage;
  readonly delaySeconds: number;
}

/** When, after a task's end, Twilio is asked for the recordings of a task that has none. */
const discoverAfterEndSeconds = [0, 20, 60, 100] as const;

/** When, after a task's end, a link that is not there yet is looked for. */
const checkMissingLinkSeconds = [15, 45, 90] as const;

/** When, after a task's end, a link that was written is looked at once more. */
const checkWrittenLinkSeconds = [30] as const;

/** When the transcript of a task in writing is put into its media, and then looked at once more. */
const linkTranscriptSeconds = [0, 45] as const;

/** What a stage wants of links. */
export interface LinkSettings {
  readonly linkBaseUrl: string;
  /** True where the transcript of a task in writing is put into its media. */
  readonly linkTranscripts: boolean;
}

/** SQS hides a message no longer than this; whoever comes too early finds nothing to do. */
const longestDelaySeconds = 900;

/**
 * What links and recordings are owed after an event, from the record as it is stored. Pure; a second delivery plans the same again, and
 * whoever gets the message twice finds it done.
 */
export function planWork(recorded: RecordedTaskEvent, has: LinkSettings, now: Date): readonly PlannedWork[] {
  const { task, event } = recorded;
  return [
    ...announced(recorded),
    ...(isOverwritten(recorded, has.linkBaseUrl, now) ? [linkWork(task, 'overwritten', event.eventSid)] : []),
    ...(event.eventType === 'task.wrapup' && hasNoSound(task) && mayHaveSound(task)
      ? [discoverWork(task, event.eventSid)]
      : []),
    ...(task.endedAt !== undefined && isEnd(event.eventType)
      ? afterEnd(has, task, task.endedAt, event.eventSid, now)
      : []),
  ];
}

export function isEnd(eventType: string): boolean {
  return ['task.completed', 'task.canceled', 'task.deleted', 'task.system-deleted'].includes(eventType);
}

/** The recordings that this event's attributes name: the link is queued at once, and the copy. */
function announced({ task, event, facts, unheardRecordings }: RecordedTaskEvent): readonly PlannedWork[] {
  const of = { v: 1, taskSid: task.taskSid, cause: event.eventSid } as const;
  return [
    ...(facts?.recordings ?? [])
      .filter((named) => hasNoLink(task) || isUnplaced(task, named))
      .map(({ recordingSid, foundBy }) =>
        at(0, { ...of, route: 'internal/link-recording', recordingSid, why: 'announced', foundBy }),
      ),
    ...unheardRecordings.map(({ recordingSid, foundBy }) =>
      at(0, { ...of, route: 'internal/archive-recording', recordingSid, foundBy }),
    ),
  ];
}

/** One agent's part, of which the task's media has nothing of ours in that reservation's place. */
function isUnplaced({ media }: TaskRecord, { recordingSid, reservationSid }: NamedRecording): boolean {
  if (media === undefined || reservationSid === undefined) return false;
  return !media.places.some((place) => place.reservationSid === reservationSid && place.recordingSid === recordingSid);
}

/** A later event that lacks our link, or has an older one of ours: somebody wrote a copy of the attributes from before it. */
function isOverwritten({ task, event, facts, attributes }: RecordedTaskEvent, baseUrl: string, now: Date): boolean {
  if (facts === undefined || attributes === undefined || !isLinkWindowOpen(task, now)) return false;
  const { link, media } = task;
  const isLater = (seenAt: Date | undefined): boolean => event.occurredAt > (seenAt ?? event.occurredAt);
  const isLinkLost =
    link.state === 'written' &&
    isLater(link.seenAt) &&
    recordingOfOurLink(baseUrl, facts.segmentLink) !== link.recordingSid;
  const isMediaLost =
    media?.state === 'written' && isLater(media.seenAt) && !isMediaInPlace(attributes, media.places, baseUrl);
  return isLinkLost || isMediaLost;
}

function afterEnd(
  has: LinkSettings,
  task: TaskRecord,
  endedAt: Date,
  cause: string,
  now: Date,
): readonly PlannedWork[] {
  // Moments that have passed when the event comes late fall together into one look, now.
  const delays = (moments: readonly number[]): readonly number[] => [
    ...new Set(
      moments.map((seconds) =>
        Math.min(
          longestDelaySeconds,
          Math.max(0, Math.ceil((secondsAfter(endedAt, seconds).getTime() - now.getTime()) / 1000)),
        ),
      ),
    ),
  ];
  const copies = task.recordings.map(({ recordingSid, foundBy }) =>
    at(0, { v: 1, route: 'internal/archive-recording', recordingSid, taskSid: task.taskSid, foundBy, cause }),
  );
  const linksAt = (moments: readonly number[]): readonly PlannedWork[] =>
    delays(moments).map((delaySeconds) => ({ ...linkWork(task, 'check', cause), delaySeconds }));
  const isTranscriptLinked = has.linkTranscripts && isDigital(task) && task.conversationSids.length > 0;
  if (!mayHaveSound(task)) return [...copies, ...(isTranscriptLinked ? linksAt(linkTranscriptSeconds) : [])];
  const checks = hasNoLink(task) ? checkMissingLinkSeconds : checkWrittenLinkSeconds;
  const discoveries = hasNoSound(task) ? discoverAfterEndSeconds : [];
  return [
    ...copies,
    ...delays(discoveries).map((delaySeconds) => ({ ...discoverWork(task, cause), delaySeconds })),
    ...linksAt(checks),
  ];
}

/** Neither link nor media of ours, nor another's that stays: it was never there, or was taken off with an empty recording. */
function hasNoLink({ link, media }: TaskRecord): boolean {
  return isMissing(link.state) && (media === undefined || isMissing(media.state));
}

function isMissing(state: string): boolean {
  return state === 'none' || state === 'missed' || state === 'removed';
}

/** No recording is known but such as hold nothing. */
function hasNoSound(task: TaskRecord): boolean {
  return task.recordings.every(({ isAbsent }) => isAbsent);
}

function at(delaySeconds: number, message: WorkMessage): PlannedWork {
  return { message, delaySeconds };
}

function linkWork(task: TaskRecord, why: 'overwritten' | 'check', cause: string): PlannedWork {
  return at(0, { v: 1, route: 'internal/link-recording', taskSid: task.taskSid, why, cause });
}

function discoverWork(task: TaskRecord, cause: string): PlannedWork {
  return at(0, { v: 1, route: 'internal/discover-recordings', taskSid: task.taskSid, cause });
}
