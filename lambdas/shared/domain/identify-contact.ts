import { aliasesOfContact } from './contact-status.ts';
import type { RecordingContact, RecordingRecord } from './recording-record.ts';
import { recordingSid } from './sids.ts';
import type { TaskRecord, TaskRecording } from './task-record.ts';

/**
 * Whether a contact is about this recording. `ambiguous`: it may be about a sibling (a call and its conference were both
 * recorded, say), and Calabrio may have taken only one of them.
 */
export function identifyContact(
  contact: RecordingContact,
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
): 'this' | 'other' | 'ambiguous' {
  if (contact.isContradictory) return 'ambiguous';
  const ids = aliasesOfContact(contact).map(({ alias }) => alias);
  const named = new Set(ids.filter(recordingSid.is));
  if (named.size > 0) {
    if (!named.has(recording.recordingSid)) return 'other';
    return named.size === 1 ? 'this' : 'ambiguous';
  }
  const siblings = siblingsOf(recording, tasks);
  if (siblings.length === 0) return 'this';
  const own = ownRecording(recording, tasks);
  const parts = [own, ...siblings].filter((one) => isPartNamed(one, ids, tasks));
  if (parts.length === 1) return parts[0] === own ? 'this' : 'other';
  if (parts.length > 1 || !namesLeg(ids, tasks)) return 'ambiguous';
  // The contact names an agent of whom there is no recording apart: it is in a recording of the whole call, if there is one.
  const wholes = [own, ...siblings].filter((one) => !isPart(one, tasks));
  if (wholes.length !== 1) return 'ambiguous';
  return wholes[0] === own ? 'this' : 'other';
}

/** The other recordings with sound of the same tasks. */
function siblingsOf(recording: RecordingRecord, tasks: readonly TaskRecord[]): readonly TaskRecording[] {
  const all = tasks.flatMap((task) => task.recordings);
  return all.filter(
    (one, place) =>
      one.recordingSid !== recording.recordingSid &&
      !one.isAbsent &&
      all.findIndex((other) => other.recordingSid === one.recordingSid) === place,
  );
}

function ownRecording(recording: RecordingRecord, tasks: readonly TaskRecord[]): TaskRecording {
  const listed = tasks
    .flatMap((task) => task.recordings)
    .filter(({ recordingSid }) => recordingSid === recording.recordingSid);
  const reservationSid = listed.find((one) => one.reservationSid !== undefined)?.reservationSid;
  const { callSid } = recording.source;
  return {
    recordingSid: recording.recordingSid,
    foundBy: recording.foundBy,
    kind: 'unknown',
    isAbsent: false,
    ...(callSid !== undefined && { callSid }),
    ...(reservationSid !== undefined && { reservationSid }),
  };
}

/** One agent's part: by its reservation, or by a call that is an agent's. The customer's call is the whole. */
function isPart(one: TaskRecording, tasks: readonly TaskRecord[]): boolean {
  return one.reservationSid !== undefined || tasks.some((task) => legOfCall(one.callSid, task) !== undefined);
}

function isPartNamed(one: TaskRecording, ids: readonly string[], tasks: readonly TaskRecord[]): boolean {
  if (!isPart(one, tasks)) return false;
  if (one.reservationSid !== undefined && ids.includes(one.reservationSid)) return true;
  const legs = tasks.flatMap((task) => task.legs.filter((leg) => isLegNamed(leg, ids)));
  return legs.some(
    (leg) =>
      leg.reservationSid === one.reservationSid || (one.callSid !== undefined && leg.workerCallSid === one.callSid),
  );
}

function namesLeg(ids: readonly string[], tasks: readonly TaskRecord[]): boolean {
  return tasks.some((task) => task.legs.some((leg) => isLegNamed(leg, ids)));
}

function legOfCall(callSid: string | undefined, task: TaskRecord): TaskRecord['legs'][number] | undefined {
  if (callSid === undefined || callSid === task.customerCallSid) return undefined;
  return task.legs.find((leg) => leg.workerCallSid === callSid);
}

/** True when one of the ids is the reservation, or the agent's own call in it. */
export function isLegNamed(
  leg: { readonly reservationSid: string; readonly workerCallSid?: string },
  ids: readonly string[],
): boolean {
  return ids.includes(leg.reservationSid) || (leg.workerCallSid !== undefined && ids.includes(leg.workerCallSid));
}
