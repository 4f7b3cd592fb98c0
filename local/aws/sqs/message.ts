import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { MessageAttribute } from '../local-aws.ts';
import { sqsError } from './sqs-errors.ts';

const attributeShape = z.object({
  dataType: z.string(),
  stringValue: z.optional(z.string()),
  binaryValue: z.optional(z.string()),
});
export const messageShape = z.object({
  messageId: z.string(),
  body: z.string(),
  messageAttributes: z.record(z.string(), attributeShape),
  traceHeader: z.optional(z.string()),
  senderId: z.string(),
  sentAtEpochMs: z.number(),
  /** The order of arrival in its queue. */
  sequence: z.number(),
  groupId: z.optional(z.string()),
  deduplicationId: z.optional(z.string()),
  receiveCount: z.number(),
  firstReceivedAtEpochMs: z.optional(z.number()),
  state: z.enum(['visible', 'in-flight', 'delayed']),
  visibleAtEpochMs: z.number(),
  /** Of the latest receive; an older one no longer holds the message. */
  receiptHandle: z.optional(z.string()),
  receivedAtEpochMs: z.optional(z.number()),
  /** The queue it was moved from when it had been received too often. */
  deadLetterSourceArn: z.optional(z.string()),
});

/** A message in a queue, unchangeable: every step replaces it. */
export type Message = Readonly<z.infer<typeof messageShape>>;
export type Attributes = Readonly<Record<string, MessageAttribute>>;

export function md5Hex(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/**
 * The digest by which SDKs check attributes on both ways; undefined when there are none.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation (read 2026-11)
 */
export function md5OfAttributes(attributes: Attributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name];
    add(Buffer.from(name));
    add(Buffer.from(attribute?.dataType ?? ''));
    hash.update(Buffer.from([attribute?.binaryValue === undefined ? 1 : 2]));
    add(
      attribute?.binaryValue === undefined
        ? Buffer.from(attribute?.stringValue ?? '')
        : Buffer.from(attribute.binaryValue, 'base64'),
    );
  }
  return hash.digest('hex');
}

/** What counts against the size limit: the body and every attribute's name, type and value. */
export function messageSizeBytes(body: string, attributes: Attributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { dataType, stringValue = '', binaryValue = '' }]) =>
      sum + Buffer.byteLength(name + dataType + stringValue) + Buffer.byteLength(binaryValue, 'base64'),
    Buffer.byteLength(body),
  );
}

/**
 * @throws {AwsError} InvalidMessageContents for characters that XML 1.0 does not have, InvalidParameterValue for attributes
 *   that are not a named String, Number or Binary with its value; MissingParameter for an empty body.
 */
export function checkContent(body: string, attributes: Attributes): void {
  if (body === '') throw sqsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (!/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(body)) {
    throw sqsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
    );
  }
  const entries = Object.entries(attributes);
  if (entries.length > 10)
    throw sqsError('InvalidParameterValue', 'Number of message attributes exceeds the allowed maximum of 10.');
  for (const [name, attribute] of entries) {
    const isNamed = /^(?!(?:AWS|Amazon)\.)[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/i.test(name) && name.length <= 256;
    if (!isNamed) throw sqsError('InvalidParameterValue', `The message attribute name '${name}' is invalid.`);
    const hasValue = /^Binary(\.|$)/.test(attribute.dataType)
      ? (attribute.binaryValue ?? '') !== ''
      : /^(String|Number)(\.|$)/.test(attribute.dataType) && (attribute.stringValue ?? '') !== '';
    if (!hasValue)
      throw sqsError(
        'InvalidParameterValue',
        `The message attribute '${name}' must have a type of Binary, Number or String and a value of it.`,
      );
  }
}

/** Tells nothing to anybody but this queue; a new one is made at every receive. */
export function newReceiptHandle(messageId: string): string {
  return Buffer.concat([Buffer.from(`${messageId}:`), randomBytes(24)]).toString('base64');
}

/** The message id inside a handle. @throws {AwsError} ReceiptHandleIsInvalid */
export function messageIdOf(receiptHandle: string): string {
  const [, messageId] = /^([0-9a-f-]{36}):/.exec(Buffer.from(receiptHandle, 'base64').toString('latin1')) ?? [];
  if (messageId === undefined) throw sqsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
  return messageId;
}
