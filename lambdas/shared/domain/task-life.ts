import { linkWindowSeconds } from './link.ts';
import { secondsAfter } from './seconds-after.ts';
import { isEmpty } from './source-status.ts';
import type { RecordingRecord } from './recording-record.ts';
import type { AccountSid, RecordingSid, ReservationSid, TaskSid, WorkspaceSid } from './sids.ts';
import type { AttributeFacts } from './task-attributes.ts';
import type { TaskEvent } from './task-event.ts';
import type { FoundBy, Leg, TaskLink, TaskRecord, TaskRecording } from './task-record.ts';

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
    recordings: [],
    link: { state: 'none', writes: 0 },
    dueAt: secondsAfter(at, openTaskReviewSeconds),
  };
}

/**
 * What is known of a task after one more event, in whatever order and however often the events come.
 *
 * Only gains: a leg once accepted stays, an end once stated by `task.completed` or `task.canceled` stays. `facts` are
 * the event's attributes as read, or undefined where it has none that can be read.
 */
export function applyTaskEvent(task: TaskRecord, event: TaskEvent, facts: AttributeFacts | undefined): TaskRecord {
  const isLatest = event.occurredAt >= task.lastEventAt;
  const learnt: TaskRecord = {
    ...task,
    lastEventAt: isLatest ? event.occurredAt : task.lastEventAt,
    ...(event.taskCreatedAt !== undefined && { createdAt: event.taskCreatedAt }),
    ...(task.channel === undefined && event.channel !== undefined && { channel: event.channel }),
    ...(event.taskQueueSid !== undefined &&
      (isLatest || task.taskQueueSid === undefined) && { taskQueueSid: event.taskQueueSid }),
    ...(event.taskQueueName !== undefined &&
      (isLatest || task.taskQueueName === undefined) && { taskQueueName: event.taskQueueName }),
    legs: legsAfter(task.legs, event, facts),
  };
  const withFacts = facts === undefined ? learnt : applyAttributeFacts(learnt, facts);
  return withDue(endedAfter(withFacts, event));
}

/** Adds what the attributes name: calls, conferences, the parent and the recordings. */
export function applyAttributeFacts(task: TaskRecord, facts: AttributeFacts): TaskRecord {
  const withIds: TaskRecord = {
    ...task,
    callSids: union(task.callSids, facts.callSids),
    conferenceSids: union(task.conferenceSids, facts.conferenceSids),
    conversationSids: union(task.conversationSids, facts.conversationSids),
    ...(task.parentTaskSid === undefined &&
      facts.parentTaskSid !== undefined && { parentTaskSid: facts.parentTaskSid }),
    ...(task.conversationId === undefined &&
      facts.conversationId !== undefined && { conversationId: facts.conversationId }),
  };
  return facts.recordings.reduce(
    (sofar, named) => addRecording(sofar, named.recordingSid, named.foundBy, undefined),
    withIds,
  );
}

/** Adds a recording, or what the ledger meanwhile knows of it; that Flex itself put it on the task is never forgotten. */
export function addRecording(
  task: TaskRecord,
  sid: RecordingSid,
  foundBy: FoundBy,
  known: RecordingRecord | undefined,
): TaskRecord {
  const before = task.recordings.find((recording) => recording.recordingSid === sid);
  const after: TaskRecording = {
    recordingSid: sid,
    foundBy: foundBy === 'segment-link' ? foundBy : (before?.foundBy ?? foundBy),
    kind: known === undefined ? (before?.kind ?? 'unknown') : kindOf(known),
    ...startOf(before, known),
    isAbsent: known === undefined ? (before?.isAbsent ?? false) : isEmpty(known.source.status),
  };
  const others = task.recordings.filter((recording) => recording.recordingSid !== sid);
  return { ...task, recordings: [...others, after].sort((a, b) => compareText(a.recordingSid, b.recordingSid)) };
}

function startOf(before: TaskRecording | undefined, known: RecordingRecord | undefined): { readonly startedAt?: Date } {
  const startedAt = known?.source.startedAt ?? before?.startedAt;
  return startedAt === undefined ? {} : { startedAt };
}

function kindOf(known: RecordingRecord): TaskRecording['kind'] {
  if (known.source.conferenceSid !== undefined) return 'conference';
  return known.source.callSid === undefined ? 'unknown' : 'call';
}

/**
 * Chooses the recording that the link names, once: the one Flex itself put on the task, else a conference's before a
 * call's, else the earliest, else the smallest SID. A choice is only left when its recording holds nothing.
 */
export function withPrimary(task: TaskRecord): TaskRecord {
  const present = task.recordings.filter((recording) => !recording.isAbsent);
  if (present.some((recording) => recording.recordingSid === task.primaryRecordingSid)) return task;
  const [first] = [...present].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.startedAt?.getTime() ?? Infinity) - (b.startedAt?.getTime() ?? Infinity) ||
      compareText(a.recordingSid, b.recordingSid),
  );
  const { primaryRecordingSid: _left, ...rest } = task;
  return first === undefined ? rest : { ...rest, primaryRecordingSid: first.recordingSid };
}

function rank(recording: TaskRecording): number {
  if (recording.foundBy === 'segment-link') return 0;
  return recording.kind === 'conference' ? 1 : 2;
}

/** The task is gone at Twilio; when and how it ended, nobody told us. */
export function applyTaskGone(task: TaskRecord, at: Date): TaskRecord {
  return withDue(task.endedAt === undefined ? { ...task, endedAt: at, endedBy: 'gone' } : task);
}

/** The last look for recordings was made after the task was gone: nothing is owed to this task any more. */
export function applySettled(task: TaskRecord, at: Date): TaskRecord {
  return withDue({ ...task, settledAt: task.settledAt ?? at });
}

/** Twilio was asked at `at` and still has the task; if no event comes, it is asked again. */
export function applyReview(task: TaskRecord, at: Date): TaskRecord {
  if (task.settledAt !== undefined) return withDue(task);
  return {
    ...task,
    dueAt: secondsAfter(at, task.endedAt === undefined ? openTaskReviewSeconds : endedTaskReviewSeconds),
  };
}

export function applyLink(task: TaskRecord, link: TaskLink): TaskRecord {
  return { ...task, link };
}

/** True until 120 s after the task's end: what is written later, Insights never reads. */
export function isLinkWindowOpen(task: TaskRecord, now: Date): boolean {
  return task.endedAt === undefined || now.getTime() <= task.endedAt.getTime() + linkWindowSeconds * 1000;
}

function legsAfter(legs: readonly Leg[], event: TaskEvent, facts: AttributeFacts | undefined): readonly Leg[] {
  const sid = event.reservationSid;
  if (sid === undefined || !event.eventType.startsWith('reservation.')) return legs;
  const before = legs.find((leg) => leg.reservationSid === sid) ?? newLeg(sid);
  const after: Leg = {
    ...before,
    ...(event.workerSid !== undefined && { workerSid: event.workerSid }),
    ...(event.taskQueueSid !== undefined && { taskQueueSid: event.taskQueueSid }),
    ...(before.workerCallSid === undefined &&
      facts?.workerCallSid !== undefined && { workerCallSid: facts.workerCallSid }),
    ...(event.eventType === 'reservation.accepted' && { acceptedAt: event.occurredAt }),
    ...(event.eventType === 'reservation.wrapup' && { wrapupAt: event.occurredAt }),
    ...(event.eventType === 'reservation.completed' && { completedAt: event.occurredAt }),
  };
  const others = legs.filter((leg) => leg.reservationSid !== sid);
  return [...others, after].sort((a, b) => compareText(a.reservationSid, b.reservationSid));
}

function newLeg(sid: ReservationSid): Leg {
  return { reservationSid: sid };
}

function endedAfter(task: TaskRecord, event: TaskEvent): TaskRecord {
  const isStated = task.endedBy === 'completed' || task.endedBy === 'canceled';
  switch (event.eventType) {
    case 'task.completed':
      return isStated ? task : { ...task, endedAt: event.occurredAt, endedBy: 'completed' };
    case 'task.canceled':
      return isStated ? task : { ...task, endedAt: event.occurredAt, endedBy: 'canceled' };
    case 'task.deleted':
    case 'task.system-deleted':
      return task.endedAt === undefined ? { ...task, endedAt: event.occurredAt, endedBy: 'deleted' } : task;
    default:
      return task;
  }
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

function union<T>(before: readonly T[], more: readonly T[]): readonly T[] {
  return [...new Set([...before, ...more])];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
