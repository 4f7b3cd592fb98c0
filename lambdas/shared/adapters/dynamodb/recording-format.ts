import * as z from 'zod/mini';
import { accountSid, callSid, conferenceSid, recordingSid, taskSid } from '../../domain/sids.ts';
import type { ArchivedAudio, RecordingRecord, RecordingSource } from '../../domain/recording-record.ts';
import { foundBy, list, record, sid, time } from './field-formats.ts';
import type { Fields } from './field-formats.ts';

const source = record({
  status: z.enum([
    'unknown',
    'in-progress',
    'paused',
    'stopped',
    'processing',
    'completed',
    'absent',
    'failed',
    'deleted',
  ]),
  errorCode: z.exactOptional(z.string()),
  startedAt: z.exactOptional(time),
  durationSeconds: z.exactOptional(z.number()),
  channels: z.exactOptional(z.number()),
  origin: z.exactOptional(z.string()),
  callSid: z.exactOptional(sid(callSid)),
  conferenceSid: z.exactOptional(sid(conferenceSid)),
} satisfies Fields<RecordingSource>);

const audio = record({
  key: z.string(),
  versionId: z.exactOptional(z.string()),
  sizeBytes: z.number(),
  sha256: z.string(),
  crc64Nvme: z.string(),
  contentType: z.string(),
  channels: z.number(),
  durationSeconds: z.number(),
  storedAt: time,
} satisfies Fields<ArchivedAudio>);

const archive = z.discriminatedUnion('state', [
  record({ state: z.literal('none') }),
  record({ state: z.literal('stored'), audio }),
  record({ state: z.literal('verified'), audio, verifiedAt: time }),
  record({ state: z.literal('mismatched'), reason: z.string() }),
  record({ state: z.literal('failed'), reason: z.string() }),
]);

const recordingRecord = record({
  recordingSid: sid(recordingSid),
  version: z.number(),
  accountSid: sid(accountSid),
  foundBy,
  firstSeenAt: time,
  source,
  archive,
  taskSids: list(sid(taskSid)),
  mediaMissingSince: z.exactOptional(time),
  linkRevoked: z.boolean(),
  dueAt: z.exactOptional(time),
} satisfies Fields<RecordingRecord>);

/** What is stored of the record: JSON, in both directions the same. */
export function encodeRecording(decoded: RecordingRecord): { readonly version: number } {
  return z.encode(recordingRecord, decoded);
}

/** @throws {z.core.$ZodError} when it is not a recording's record. */
export function decodeRecording(stored: unknown): RecordingRecord {
  return z.parse(recordingRecord, stored);
}
