import * as z from 'zod/mini';
import type { QueuedMessage } from '../ports/queue-reader.ts';

/** A dead letter or quarantined message as it lies under `parked/` in the archive bucket: unchanged, with its reason. */
const parkedMessageSchema = z.object({
  v: z.literal(1),
  queueName: z.string(),
  messageId: z.string(),
  sentAt: z.iso.datetime(),
  attributes: z.record(z.string(), z.string()),
  body: z.string(),
});

export type ParkedMessage = z.infer<typeof parkedMessageSchema>;

/** `parked/{queueName}/{messageId}.json`: the same message is put away to the same place. */
export function parkedKey(queueName: string, messageId: string): string {
  return `parked/${queueName}/${messageId}.json`;
}

export function parkedJson(queueName: string, { messageId, sentAt, attributes, body }: QueuedMessage): string {
  const parked: ParkedMessage = { v: 1, queueName, messageId, sentAt: sentAt.toISOString(), attributes, body };
  return JSON.stringify(parked);
}

/** @throws {Error} when the text is not a parked message; zod's error names the fields and not their values. */
export function parseParkedMessage(json: string): ParkedMessage {
  return parkedMessageSchema.parse(JSON.parse(json));
}
