import * as z from 'zod/mini';
import { accountSid, conversationSid, taskSid } from '../../domain/sids.ts';
import type {
  ArchivedText,
  ArchivedTranscript,
  TranscriptRecord,
  TranscriptSource,
} from '../../domain/transcript-record.ts';
import { list, record, sid, time } from './field-formats.ts';
import type { Fields } from './field-formats.ts';
import { keptFacets } from './kept-format.ts';

const source = record({
  status: z.enum(['unknown', 'active', 'inactive', 'closed', 'gone']),
  startedAt: z.exactOptional(time),
  deletedAt: z.exactOptional(time),
} satisfies Fields<TranscriptSource>);

const archivedText = record({
  key: z.string(),
  versionId: z.exactOptional(z.string()),
  sizeBytes: z.number(),
  sha256: z.string(),
} satisfies Fields<ArchivedText>);

const transcript = record({
  json: archivedText,
  text: archivedText,
  messages: z.number(),
  storedAt: time,
} satisfies Fields<ArchivedTranscript>);

const archive = z.discriminatedUnion('state', [
  record({ state: z.literal('none') }),
  record({ state: z.literal('verified'), transcript, verifiedAt: time }),
  record({ state: z.literal('failed'), reason: z.string() }),
]);

const transcriptRecord = record({
  conversationSid: sid(conversationSid),
  version: z.number(),
  accountSid: sid(accountSid),
  firstSeenAt: time,
  taskSids: list(sid(taskSid)),
  source,
  archive,
  ...keptFacets,
  dueAt: z.exactOptional(time),
} satisfies Fields<TranscriptRecord>);

/** What is stored of the record: JSON, in both directions the same. */
export function encodeTranscript(decoded: TranscriptRecord): { readonly version: number } {
  return z.encode(transcriptRecord, decoded);
}

/** @throws {z.core.$ZodError} when it is not a transcript's record. */
export function decodeTranscript(stored: unknown): TranscriptRecord {
  return z.parse(transcriptRecord, stored);
}
