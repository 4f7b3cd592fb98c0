import { recordingOfOurLink } from '../shared/domain/link.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import { isLinkWindowOpen } from '../shared/domain/task-life.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { mayHaveSound } from '../shared/domain/task-sound.ts';
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

/** SQS hides a message no longer than this; whoever comes too early finds nothing to do. */
const longestDelaySeconds = 900;

/**
 * What links and recordings are owed after an event, from the record as it is stored. Pure; a second delivery plans the same again, and
 * whoever gets the message twice finds it done.
 */
export function planWork(recorded: RecordedTaskEvent, linkBaseUrl: string, now: Date): readonly PlannedWork[] {
  const { task, event } = recorded;
  return [
    ...announced(recorded),
    ...(isOverwritten(recorded, linkBaseUrl, now) ? [linkWork(task, 'overwritten', event.eventSid)] : []),
    ...(event.eventType === 'task.wrapup' && hasNoSound(task) && mayHaveSound(task)
      ? [discoverWork(task, event.eventSid)]
      : []),
    ...(task.endedAt !== undefined && isEnd(event.eventType) ? afterEnd(task, task.endedAt, event.eventSid, now) : []),
  ];
}

export function isEnd(eventType: string): boolean {
  return ['task.completed', 'task.canceled', 'task.deleted', 'task.system-deleted'].includes(eventType);
}

/** The recordings that this event's attributes name: the link is queued at once, and the copy. */
function announced({ task, event, facts, unheardRecordings }: RecordedTaskEvent): readonly PlannedWork[] {
  const of = { v: 1, taskSid: task.taskSid, cause: event.eventSid } as const;
  return [
    ...(hasNoLink(task) ? (facts?.recordings ?? []) : []).map(({ recordingSid, foundBy }) =>
      at(0, { ...of, route: 'internal/link-recording', recordingSid, why: 'announced', foundBy }),
    ),
    ...unheardRecordings.map(({ recordingSid, foundBy }) =>
      at(0, { ...of, route: 'internal/archive-recording', recordingSid, foundBy }),
    ),
  ];
}

/** A later event that lacks our link, or has an older one of ours: somebody wrote a copy of the attributes from before it. */
function isOverwritten({ task, event, facts }: RecordedTaskEvent, linkBaseUrl: string, now: Date): boolean {
  if (facts === undefined || task.link.state !== 'written' || !isLinkWindowOpen(task, now)) return false;
  const isLater = event.occurredAt > (task.link.seenAt ?? event.occurredAt);
  return isLater && recordingOfOurLink(linkBaseUrl, facts.segmentLink) !== task.link.recordingSid;
}

function afterEnd(task: TaskRecord, endedAt: Date, cause: string, now: Date): readonly PlannedWork[] {
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
  if (!mayHaveSound(task)) return copies;
  const checks = hasNoLink(task) ? checkMissingLinkSeconds : checkWrittenLinkSeconds;
  const discoveries = hasNoSound(task) ? discoverAfterEndSeconds : [];
  return [
    ...copies,
    ...delays(discoveries).map((delaySeconds) => ({ ...discoverWork(task, cause), delaySeconds })),
    ...delays(checks).map((delaySeconds) => ({ ...linkWork(task, 'check', cause), delaySeconds })),
  ];
}

/** No link of ours, nor another that stays: it was never there, or was taken off with a recording that held nothing. */
function hasNoLink({ link }: TaskRecord): boolean {
  return link.state === 'none' || link.state === 'missed' || link.state === 'removed';
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
