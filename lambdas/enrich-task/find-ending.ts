import { callEnding } from '../shared/domain/call-ending.ts';
import type { CallEnding } from '../shared/domain/call-ending.ts';
import { legOf } from '../shared/domain/call-scene.ts';
import type { ConferenceRecord } from '../shared/domain/conference-record.ts';
import type { EndingVocabulary } from '../shared/domain/enrichment/enrichment-config.ts';
import type { ConferenceSid, ReservationSid } from '../shared/domain/sids.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { ConferenceRecords, Conferences } from '../shared/ports/conferences.ts';

interface Needs {
  readonly conferences: Conferences;
  readonly conferenceRecords: ConferenceRecords;
}

/**
 * How one agent's part of the task's call ended, by what is known of the task, what the conference callbacks told, and
 * one look at the conference; none where no agent had part or the conference is not known for certain.
 *
 * @throws {RetryableError} while Twilio or the table cannot be asked.
 */
export async function findEnding(
  has: Needs,
  task: TaskRecord,
  reservationSid: ReservationSid | undefined,
  words: EndingVocabulary,
): Promise<CallEnding | undefined> {
  if (legOf(task, reservationSid) === undefined) return undefined;
  const found = await conferenceOf(has, task);
  if (found === undefined) return callEnding({ task, reservationSid, words });
  const fetched = await has.conferences.fetch(task.accountSid, found.conferenceSid);
  const conference = fetched.kind === 'gone' ? undefined : fetched.conference;
  return callEnding({ task, reservationSid, conference, record: found.record, words });
}

/** The task's only conference; of several, the only one in which the callbacks saw its customer. */
async function conferenceOf(
  { conferenceRecords }: Needs,
  { conferenceSids, customerCallSid }: TaskRecord,
): Promise<{ readonly conferenceSid: ConferenceSid; readonly record: ConferenceRecord | undefined } | undefined> {
  const all = await Promise.all(
    conferenceSids.map(async (conferenceSid) => ({
      conferenceSid,
      record: await conferenceRecords.readConference(conferenceSid),
    })),
  );
  const withCustomer = all.filter(({ record }) =>
    record?.participants.some(({ callSid }) => callSid === customerCallSid),
  );
  const candidates = all.length === 1 ? all : withCustomer;
  return candidates.length === 1 ? candidates[0] : undefined;
}
