import * as z from 'zod/mini';

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

/** What is put away of a message; a queue's message has all of it. */
interface PutAway {
  readonly messageId: string;
  readonly sentAt: Date;
  readonly attributes: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `parked/{queueName}/{messageId}.json`: the same message is put away to the same place. */
export function parkedKey(queueName: string, messageId: string): string {
  return `parked/${queueName}/${messageId}.json`;
}

export function parkedJson(queueName: string, { messageId, sentAt, attributes, body }: PutAway): string {
  const parked: ParkedMessage = { v: 1, queueName, messageId, sentAt: sentAt.toISOString(), attributes, body };
  return JSON.stringify(parked);
}

/** @throws {Error} when the text is not a parked message; zod's error names the fields and not their values. */
export function parseParkedMessage(json: string): ParkedMessage {
  return parkedMessageSchema.parse(JSON.parse(json));
}
