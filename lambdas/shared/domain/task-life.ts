import { compareText } from './compare-text.ts';
import { legsAfter } from './leg-life.ts';
import { linkWindowSeconds } from './link.ts';
import { earlier, secondsAfter } from './seconds-after.ts';
import type { AccountSid, TaskSid, WorkspaceSid } from './sids.ts';
import type { AttributeFacts } from './task-attributes.ts';
import type { TaskEvent } from './task-event.ts';
import type { EventTransport, TaskLink, TaskMedia, TaskRecord } from './task-record.ts';
import { queueAfter } from './task-queue-life.ts';
import { addRecording } from './task-recordings.ts';
import { transfersAfter } from './transfers.ts';
import { withWorkerCalls, workerCallsAfter } from './worker-calls.ts';

/** How long an open task is left alone before reconcile asks Twilio how it is. */
const openTaskReviewSeconds = 3600;

/** Twilio deletes a task five minutes after its end; the last look for its recordings comes after that. */
const endedTaskReviewSeconds = 360;

/** A task of which nothing is known but its SID and whose it is. */
export function newTask(
  of: { readonly taskSid: TaskSid; readonly accountSid: AccountSid; readonly workspaceSid: WorkspaceSid },
  at: Date,
): TaskRecord {
  return {
    taskSid: of.taskSid,
    version: 0,
    accountSid: of.accountSid,
    workspaceSid: of.workspaceSid,
    firstSeenAt: at,
    lastEventAt: at,
    callSids: [],
    conferenceSids: [],
    conversationSids: [],
    legs: [],
    workerCalls: [],
    transfers: [],
    recordings: [],
    mediaRecordingSids: [],
    link: { state: 'none', writes: 0 },
    dueAt: secondsAfter(at, openTaskReviewSeconds),
  };
}

/** A transport that brought an event of the task is never forgotten. */
export function withTransport(task: TaskRecord, transport: EventTransport): TaskRecord {
  const { toldBy = [] } = task;
  return toldBy.includes(transport) ? task : { ...task, toldBy: [...toldBy, transport].sort(compareText) };
}

/**
 * What is known of a task after one more event, in whatever order and however often the events come.
 *
 * Only gains: a leg once accepted stays, an end once stated by `task.completed` or `task.canceled` stays. `facts` are
 * the event's attributes as read, or undefined where it has none that can be read.
 */
export function applyTaskEvent(task: TaskRecord, event: TaskEvent, facts: AttributeFacts | undefined): TaskRecord {
  const workerCalls = workerCallsAfter(task.workerCalls, facts?.workerCallSid, event.occurredAt);
  const learnt: TaskRecord = {
    ...queueAfter(task, event),
    lastEventAt: event.occurredAt > task.lastEventAt ? event.occurredAt : task.lastEventAt,
    ...(event.taskCreatedAt !== undefined && { createdAt: earlier(task.createdAt, event.taskCreatedAt) }),
    ...(task.channel === undefined && event.channel !== undefined && { channel: event.channel }),
    workerCalls,
    legs: withWorkerCalls(legsAfter(task.legs, event), workerCalls),
    transfers: transfersAfter(task.transfers, event),
  };
  const withFacts = facts === undefined ? learnt : applyAttributeFacts(learnt, facts);
  return withDue(withLateLink(endedAfter(withFacts, event)));
}

/** Adds what the attributes name: calls, conferences, the parent and the recordings. */
export function applyAttributeFacts(task: TaskRecord, facts: AttributeFacts): TaskRecord {
  const withIds: TaskRecord = {
    ...task,
    callSids: union(task.callSids, facts.callSids),
    conferenceSids: union(task.conferenceSids, facts.conferenceSids),
    conversationSids: union(task.conversationSids, facts.conversationSids),
    mediaRecordingSids: union(task.mediaRecordingSids, facts.mediaRecordings),
    ...(facts.customerCallSid !== undefined && {
      customerCallSid: smaller(task.customerCallSid, facts.customerCallSid),
    }),
    ...(task.parentTaskSid === undefined &&
      facts.parentTaskSid !== undefined && { parentTaskSid: facts.parentTaskSid }),
    ...(task.conversationId === undefined &&
      facts.conversationId !== undefined && { conversationId: facts.conversationId }),
  };
  return facts.recordings.reduce(
    (sofar, named) => addRecording(sofar, named.recordingSid, named.foundBy, undefined, named.reservationSid),
    withIds,
  );
}

/** The task is gone at Twilio; when and how it ended, nobody told us. */
export function applyTaskGone(task: TaskRecord, at: Date): TaskRecord {
  return withDue(task.endedAt === undefined ? withEnd(task, 'gone', at) : task);
}

/** The last look for recordings was made after the task was gone: nothing is owed to this task any more. */
export function applySettled(task: TaskRecord, at: Date): TaskRecord {
  return withDue({ ...task, settledAt: task.settledAt ?? at });
}

/** Twilio was asked at `at` and still has the task; if no event comes, it is asked again. */
export function applyReview(task: TaskRecord, at: Date): TaskRecord {
  return dueIn(task, at, task.endedAt === undefined ? openTaskReviewSeconds : endedTaskReviewSeconds);
}

/** Somebody is about to ask Twilio, again and again until it answers: reconcile sends nobody else for an hour. */
export function applyAsking(task: TaskRecord, at: Date): TaskRecord {
  return dueIn(task, at, openTaskReviewSeconds);
}

function dueIn(task: TaskRecord, at: Date, seconds: number): TaskRecord {
  return task.settledAt === undefined ? { ...task, dueAt: secondsAfter(at, seconds) } : withDue(task);
}

export function applyLink(task: TaskRecord, link: TaskLink): TaskRecord {
  return { ...task, link };
}

export function applyMedia(task: TaskRecord, media: TaskMedia): TaskRecord {
  return { ...task, media };
}

/** True until 120 s after the task's end: what is written later, Insights never reads. */
export function isLinkWindowOpen(task: TaskRecord, now: Date): boolean {
  return task.endedAt === undefined || now.getTime() <= task.endedAt.getTime() + linkWindowSeconds * 1000;
}

type EndedBy = NonNullable<TaskRecord['endedBy']>;

/** What TaskRouter states is better than a deletion that followed, and that better than a task that we did not find. */
const endRank: Readonly<Record<EndedBy, number>> = { completed: 2, canceled: 2, deleted: 1, gone: 0 };

function endedAfter(task: TaskRecord, event: TaskEvent): TaskRecord {
  switch (event.eventType) {
    case 'task.completed':
      return withEnd(task, 'completed', event.occurredAt);
    case 'task.canceled':
      return withEnd(task, 'canceled', event.occurredAt);
    case 'task.deleted':
    case 'task.system-deleted':
      return withEnd(task, 'deleted', event.occurredAt);
    default:
      return task;
  }
}

function withEnd(task: TaskRecord, endedBy: EndedBy, at: Date): TaskRecord {
  const before = task.endedBy === undefined ? -1 : endRank[task.endedBy];
  const isBetter = endRank[endedBy] > before || (endRank[endedBy] === before && at < (task.endedAt ?? at));
  return isBetter ? { ...task, endedAt: at, endedBy } : task;
}

/** A link that was written before the end was heard of turns out late when the end is, and so does media. */
function withLateLink(task: TaskRecord): TaskRecord {
  const { link, media } = task;
  const isLate = ({ state, writtenAt }: Pick<TaskLink | TaskMedia, 'state' | 'writtenAt'>): boolean =>
    state === 'written' && writtenAt !== undefined && !isLinkWindowOpen(task, writtenAt);
  const withLink = isLate(link) ? applyLink(task, { ...link, state: 'late' }) : task;
  return media !== undefined && isLate(media) ? applyMedia(withLink, { ...media, state: 'late' }) : withLink;
}

/** When reconcile should next look at this task, if nothing else happens before. */
function withDue(task: TaskRecord): TaskRecord {
  const { dueAt: _before, ...rest } = task;
  if (task.settledAt !== undefined) return rest;
  const dueAt =
    task.endedAt === undefined
      ? secondsAfter(task.lastEventAt, openTaskReviewSeconds)
      : secondsAfter(task.endedAt, endedTaskReviewSeconds);
  return { ...rest, dueAt };
}

/** Sorted, so that it is the same whatever came first. */
function union<T extends string>(before: readonly T[], more: readonly T[]): readonly T[] {
  return [...new Set([...before, ...more])].sort(compareText);
}

/** Should two events name different ones, it is the same one in every order. */
function smaller<T extends string>(before: T | undefined, other: T): T {
  return before !== undefined && before <= other ? before : other;
}
