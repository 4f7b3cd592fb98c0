import { aliasesOfContact } from './contact-status.ts';
import { identifyContact, isLegNamed } from './identify-contact.ts';
import { joinedLegs, sharesCall } from './joined-legs.ts';
import type { RecordingContact, RecordingRecord, SentReport } from './recording-record.ts';
import type { ConferenceSid, RecordingSid, ReservationSid, TaskSid } from './sids.ts';
import type { Leg, TaskRecord } from './task-record.ts';

/**
 * A contact status of ours, in the form of Calabrio's: its six keys in its order and never another, `failureReason`
 * only with FAILED.
 */
export interface OwnReport {
  /** Calabrio's id of the contact, 0 while it has told us none. */
  readonly ccrId: number;
  readonly sessionId: string;
  readonly legId: string;
  readonly tenantId: number;
  readonly status: 'COMPLETE' | 'FAILED';
  readonly failureReason?: string;
}

/** What a report is about, for those who know our SIDs better than Calabrio's ids. */
export interface ReportedSids {
  readonly recordingSid: RecordingSid;
  readonly taskSid?: TaskSid;
  readonly reservationSid?: ReservationSid;
  readonly conferenceSid?: ConferenceSid;
}

/** Why an archive failed for good, for people outside: by the reason it was given up for, and with no data in it. */
const failureSentences: ReadonlyMap<string, string> = new Map([
  ['media-never-came', 'The audio of the recording did not become available in time to be archived.'],
  ['source-deleted', 'The recording was deleted at its source before it could be archived.'],
]);
const failedForAnotherReason = 'The recording could not be archived.';

/** The body of one report: of the leg that it names, or of the whole recording. */
export function ownReport(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  { reservationSid, status }: SentReport,
  tenantId: number,
): OwnReport {
  const { callSid, conferenceSid } = recording.source;
  const task = reportedTask(recording, tasks, reservationSid);
  const leg = task?.legs.find((one) => one.reservationSid === reservationSid);
  return {
    ccrId: contactOf(recording, tasks, leg ?? (reservationSid && { reservationSid }))?.ccrId ?? 0,
    sessionId: task?.customerCallSid ?? task?.taskSid ?? callSid ?? conferenceSid ?? recording.recordingSid,
    legId: leg?.workerCallSid ?? callSid ?? conferenceSid ?? '',
    tenantId,
    status,
    ...(status === 'FAILED' && { failureReason: failureSentence(recording) }),
  };
}

export function reportedSids(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  reservationSid: ReservationSid | undefined,
): ReportedSids {
  const task = reportedTask(recording, tasks, reservationSid);
  const [only, ...others] = task?.conferenceSids ?? [];
  const conferenceSid = recording.source.conferenceSid ?? (others.length === 0 ? only : undefined);
  return {
    recordingSid: recording.recordingSid,
    ...(task !== undefined && { taskSid: task.taskSid }),
    ...(reservationSid !== undefined && { reservationSid }),
    ...(conferenceSid !== undefined && { conferenceSid }),
  };
}

/** The task of the leg; of a whole recording the one whose call was recorded, before one that only quotes it. */
function reportedTask(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  reservationSid: ReservationSid | undefined,
): TaskRecord | undefined {
  return (
    tasks.find((task) => task.legs.some((leg) => leg.reservationSid === reservationSid)) ??
    tasks.find((task) => sharesCall(recording, task)) ??
    tasks[0]
  );
}

/** What Calabrio said last of just this, a COMPLETE before anything else; a contact that may be a sibling's is nobody's. */
function contactOf(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  leg: Pick<Leg, 'reservationSid' | 'workerCallSid'> | undefined,
): RecordingContact | undefined {
  const isOnlyLeg = joinedLegs(recording, tasks).length <= 1;
  const about = recording.contacts.filter(
    (contact) =>
      contact.ccrId > 0 &&
      identifyContact(contact, recording, tasks) === 'this' &&
      (leg === undefined || isOnlyLeg || isLegNamed(leg, idsOf(contact))),
  );
  const completes = about.filter(({ status }) => status === 'COMPLETE');
  return (completes.length > 0 ? completes : about).reduce<RecordingContact | undefined>(
    (last, contact) => (last === undefined || contact.lastReceivedAt >= last.lastReceivedAt ? contact : last),
    undefined,
  );
}

function idsOf(contact: RecordingContact): readonly string[] {
  return aliasesOfContact(contact).map(({ alias }) => alias);
}

function failureSentence({ archive }: RecordingRecord): string {
  const reason = archive.state === 'failed' ? archive.reason : '';
  return failureSentences.get(reason) ?? failedForAnotherReason;
}
