import * as z from 'zod/mini';
import type { ConferenceParticipant, ConferenceRecord } from '../../domain/conference-record.ts';
import { callSid, conferenceSid } from '../../domain/sids.ts';
import { list, record, sid, time } from './field-formats.ts';
import type { Fields } from './field-formats.ts';

const participant = record({
  callSid: sid(callSid),
  label: z.exactOptional(z.string()),
  joinedAt: z.exactOptional(time),
  joinedSequence: z.exactOptional(z.number()),
  leftAt: z.exactOptional(time),
  reasonLeft: z.exactOptional(z.string()),
  leftSequence: z.exactOptional(z.number()),
} satisfies Fields<ConferenceParticipant>);

const conference = record({
  conferenceSid: sid(conferenceSid),
  version: z.number(),
  participants: list(participant),
  endedAt: z.exactOptional(time),
  reasonEnded: z.exactOptional(z.string()),
  callSidEnding: z.exactOptional(sid(callSid)),
} satisfies Fields<ConferenceRecord>);

export function encodeConference(decoded: ConferenceRecord): object {
  return z.encode(conference, decoded);
}

/** @throws {z.core.$ZodError} when it is not the record of a conference. */
export function decodeConference(stored: unknown): ConferenceRecord {
  return z.parse(conference, stored);
}
