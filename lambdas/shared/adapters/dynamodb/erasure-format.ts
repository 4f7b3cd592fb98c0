import * as z from 'zod/mini';
import { conversationSid, recordingSid, taskSid } from '../../domain/sids.ts';
import type { CalabrioWorkItem, ErasureItem, ErasureRequest } from '../../domain/erasure/erasure-request.ts';
import { list, record, sid, time } from './field-formats.ts';
import type { Fields } from './field-formats.ts';

const itemState = z.discriminatedUnion('kind', [
  record({ kind: z.literal('open') }),
  record({ kind: z.literal('held'), matters: list(z.string()), begunAt: z.exactOptional(time) }),
  record({ kind: z.literal('locked'), mode: z.enum(['governance', 'compliance']), until: z.exactOptional(time) }),
  record({
    kind: z.literal('erased'),
    at: time,
    objects: z.number(),
    source: z.enum(['deleted', 'was-gone', 'never-was', 'kept-by-another-account']),
  }),
]);

const item = record({
  sid: z.union([sid(recordingSid), sid(conversationSid)]),
  state: itemState,
} satisfies Fields<ErasureItem>);

const calabrioWorkItem = record({
  recordingSid: sid(recordingSid),
  ccrId: z.number(),
  sessionId: z.string(),
  legId: z.string(),
} satisfies Fields<CalabrioWorkItem>);

const erasureRequest = record({
  erasureId: z.string(),
  version: z.number(),
  requestedAt: time,
  requestedBy: z.string(),
  why: z.string(),
  subjectHashes: list(z.string()),
  taskSids: list(sid(taskSid)),
  taskHashes: list(z.string()),
  items: list(item),
  markedAt: z.exactOptional(time),
  messagesRemoved: z.number(),
  messagesKept: list(z.string()),
  calabrio: list(calabrioWorkItem),
  state: z.enum(['open', 'blocked', 'finished']),
  finishedAt: z.exactOptional(time),
  dueAt: z.exactOptional(time),
} satisfies Fields<ErasureRequest>);

/** What is stored of the request: JSON, in both directions the same. */
export function encodeErasure(decoded: ErasureRequest): { readonly version: number } {
  return z.encode(erasureRequest, decoded);
}

/** @throws {z.core.$ZodError} when it is not an erasure's request. */
export function decodeErasure(stored: unknown): ErasureRequest {
  return z.parse(erasureRequest, stored);
}
