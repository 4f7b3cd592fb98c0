import type { RecordingRecord } from './recording-record.ts';
import type { ReservationSid } from './sids.ts';
import type { Leg, TaskRecord, Transfer } from './task-record.ts';

/** An agent's part of a recorded call. */
export interface JoinedLeg {
  readonly leg: Leg;
  readonly task: TaskRecord;
}

/**
 * The agents' parts that the recording holds: every accepted reservation that was not undone by a failed or canceled
 * transfer; of a recording that is one agent's part, that part alone.
 *
 * Only the tasks that share the recording's call or conference count, where one of them does: a follow-up task that
 * quotes the recording adds no leg to it.
 */
export function joinedLegs(recording: RecordingRecord, tasks: readonly TaskRecord[]): readonly JoinedLeg[] {
  const own = tasks.filter((task) => sharesCall(recording, task));
  const all = (own.length === 0 ? tasks : own).flatMap((task) =>
    task.legs.filter((leg) => isAccepted(leg) && !isUndone(leg, task)).map((leg) => ({ leg, task })),
  );
  const part = partOf(recording, tasks);
  if (part === undefined) return all;
  const ofPart = all.filter(({ leg }) => leg.reservationSid === part.reservationSid);
  if (ofPart.length > 0) return ofPart;
  // Nothing was heard of the agent whose part it is, yet no other agent's word can stand for it.
  const isHeardOf = tasks.some(({ legs }) => legs.some(({ reservationSid }) => reservationSid === part.reservationSid));
  return isHeardOf ? all : [{ leg: { reservationSid: part.reservationSid }, task: part.task }];
}

/** True when the task is of the very call or conference that was recorded. */
export function sharesCall({ source }: RecordingRecord, task: TaskRecord): boolean {
  const { callSid, conferenceSid } = source;
  return (
    (callSid !== undefined && task.callSids.includes(callSid)) ||
    (conferenceSid !== undefined && task.conferenceSids.includes(conferenceSid))
  );
}

/** True when the task only names the recording, of a call that was another task's: a follow-up task may quote anybody's. */
export function isOnlyQuoted(recording: RecordingRecord, by: TaskRecord, tasks: readonly TaskRecord[]): boolean {
  return !sharesCall(recording, by) && tasks.some((task) => sharesCall(recording, task));
}

/** A reservation whose end is known was accepted before, whatever became of the event that said so. */
function isAccepted(leg: Leg): boolean {
  return leg.acceptedAt !== undefined || leg.wrapupAt !== undefined || leg.completedAt !== undefined;
}

/** The reservation whose part the recording is: as a task said, or the one whose own call was recorded. */
function partOf(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
): { readonly reservationSid: ReservationSid; readonly task: TaskRecord } | undefined {
  for (const task of tasks) {
    const named = task.recordings.find(({ recordingSid }) => recordingSid === recording.recordingSid)?.reservationSid;
    if (named !== undefined) return { reservationSid: named, task };
    const { callSid } = recording.source;
    if (callSid === undefined || callSid === task.customerCallSid) continue;
    const [leg, ...others] = task.legs.filter(({ workerCallSid }) => workerCallSid === callSid);
    if (leg !== undefined && others.length === 0) return { reservationSid: leg.reservationSid, task };
  }
  return undefined;
}

/** Where it cannot be told which leg a transfer brought, none is undone: a leg too many only delays a deletion. */
function isUndone(leg: Leg, task: TaskRecord): boolean {
  return task.transfers.some(
    (transfer) =>
      (transfer.outcome === 'failed' || transfer.outcome === 'canceled') &&
      isBroughtBy(leg, transfer) &&
      task.legs.filter((other) => isBroughtBy(other, transfer)).length === 1,
  );
}

function isBroughtBy(leg: Leg, transfer: Transfer): boolean {
  const { acceptedAt } = leg;
  const { initiatedAt, endedAt } = transfer;
  if (acceptedAt === undefined || initiatedAt === undefined || endedAt === undefined) return false;
  if (leg.reservationSid === transfer.fromReservationSid) return false;
  if (transfer.toWorkerSid !== undefined && leg.workerSid !== transfer.toWorkerSid) return false;
  return acceptedAt >= initiatedAt && acceptedAt <= endedAt;
}
