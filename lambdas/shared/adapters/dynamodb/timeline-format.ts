import * as z from 'zod/mini';
import { conversationSid, recordingSid, taskSid } from '../../domain/sids.ts';
import type { TimelineEntry } from '../../ports/ledger.ts';
import { sid, time } from './field-formats.ts';
import type { Fields } from './field-formats.ts';

const timelineEntry = z.object({
  of: z.union([sid(recordingSid), sid(taskSid), sid(conversationSid)]),
  occurredAt: time,
  cause: z.string(),
  what: z.string(),
  actor: z.string(),
  before: z.exactOptional(z.string()),
  after: z.exactOptional(z.string()),
} satisfies Fields<TimelineEntry>);

export function encodeTimelineEntry(decoded: TimelineEntry): object {
  return z.encode(timelineEntry, decoded);
}

/** @throws {z.core.$ZodError} when it is not a line of a timeline. */
export function decodeTimelineEntry(stored: unknown): TimelineEntry {
  return z.parse(timelineEntry, stored);
}
