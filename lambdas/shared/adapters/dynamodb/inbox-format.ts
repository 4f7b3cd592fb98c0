import * as z from 'zod/mini';
import type { ContactStatus } from '../../domain/contact-status.ts';
import type { InboxItem } from '../../ports/contact-inbox.ts';
import { record, time } from './field-formats.ts';
import type { Fields } from './field-formats.ts';

const contact = record({
  ccrId: z.number(),
  sessionId: z.string(),
  legId: z.string(),
  tenantId: z.number(),
  status: z.string(),
  failureReason: z.exactOptional(z.string()),
} satisfies Fields<ContactStatus>);

const inboxItem = record({
  alias: z.string(),
  cause: z.string(),
  hash: z.string(),
  contact,
  receivedAt: time,
  dueAt: z.exactOptional(time),
  isMatched: z.boolean(),
} satisfies Fields<InboxItem>);

/** What is stored of the item: JSON, in both directions the same. */
export function encodeInboxItem(decoded: InboxItem): object {
  return z.encode(inboxItem, decoded);
}

/** @throws {z.core.$ZodError} when it is not an item of the inbox. */
export function decodeInboxItem(stored: unknown): InboxItem {
  return z.parse(inboxItem, stored);
}
