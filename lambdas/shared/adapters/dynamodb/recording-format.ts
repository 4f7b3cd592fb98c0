import * as z from 'zod/mini';
import {
  accountSid,
  callSid,
  conferenceSid,
  publicKeySid,
  recordingSid,
  reservationSid,
  taskSid,
} from '../../domain/sids.ts';
import type {
  ArchivedAudio,
  ContactVerification,
  RecordingContact,
  RecordingEncryption,
  RecordingPause,
  RecordingRecord,
  RecordingSource,
  SentReport,
} from '../../domain/recording-record.ts';
import { refusalReasons } from '../../domain/refusals.ts';
import { foundBy, list, record, sid, since, time } from './field-formats.ts';
import type { Fields } from './field-formats.ts';
import { keptFacets } from './kept-format.ts';

const encryption = record({
  publicKeySid: sid(publicKeySid),
  encryptedCek: z.string(),
  iv: z.string(),
} satisfies Fields<RecordingEncryption>);

const pause = record({ from: time, until: z.exactOptional(time) } satisfies Fields<RecordingPause>);

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
  encryption: z.exactOptional(encryption),
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
  encryption: z.exactOptional(encryption),
} satisfies Fields<ArchivedAudio>);

const archive = z.discriminatedUnion('state', [
  record({ state: z.literal('none') }),
  record({ state: z.literal('stored'), audio }),
  record({ state: z.literal('verified'), audio, verifiedAt: time }),
  record({ state: z.literal('sealed'), audio, sealedAt: time }),
  record({
    state: z.literal('mismatched'),
    reason: z.string(),
    what: z.exactOptional(z.enum(['size', 'hash', 'channels', 'duration', 'header', 'missing'])),
    audio: z.exactOptional(audio),
  }),
  record({ state: z.literal('failed'), reason: z.string() }),
]);

const contact = record({
  hash: z.string(),
  ccrId: z.number(),
  sessionId: z.string(),
  legId: z.string(),
  status: z.string(),
  failureReason: z.exactOptional(z.string()),
  firstReceivedAt: time,
  lastReceivedAt: time,
  isContradictory: z.boolean(),
} satisfies Fields<RecordingContact>);

const verification = record({
  ccrId: z.number(),
  result: z.enum(['confirmed', 'mismatched', 'unconfirmed']),
  checkedAt: time,
  why: z.exactOptional(z.string()),
} satisfies Fields<ContactVerification>);

const deletion = z.discriminatedUnion('state', [
  record({ state: z.literal('none') }),
  record({ state: z.literal('intended'), intendedAt: time }),
  record({
    state: z.literal('deleted'),
    intendedAt: time,
    deletedAt: time,
    confirmedBy: z.enum(['not-found', 'soft-deleted']),
  }),
  record({ state: z.literal('gone-external'), foundAt: time }),
]);

const report = record({
  reservationSid: z.exactOptional(sid(reservationSid)),
  status: z.enum(['COMPLETE', 'FAILED']),
} satisfies Fields<SentReport>);

const recordingRecord = record({
  recordingSid: sid(recordingSid),
  version: z.number(),
  accountSid: sid(accountSid),
  foundBy,
  firstSeenAt: time,
  source,
  archive,
  taskSids: list(sid(taskSid)),
  pauses: z.exactOptional(list(pause)),
  mediaMissingSince: z.exactOptional(time),
  linkRevoked: z.boolean(),
  contacts: since(list(contact), []),
  verifications: since(list(verification), []),
  ...keptFacets,
  deletion: since(deletion, { state: 'none' }),
  reports: since(list(report), []),
  refusals: z.exactOptional(list(z.enum(refusalReasons))),
  reviewAt: z.exactOptional(time),
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
