import type { SendOptions } from '../local-aws.ts';
import { checkContent, md5Hex, messageSizeBytes } from './message.ts';
import type { QueueAttributes } from './queue-attributes.ts';
import { invalidValue, sqsError } from './sqs-errors.ts';

/** @throws {AwsError} when SQS would refuse the body or its attributes for this queue. */
export function checkSend(queue: QueueAttributes, body: string, sent: SendOptions): void {
  const messageAttributes = sent.messageAttributes ?? {};
  checkContent(body, messageAttributes);
  if (messageSizeBytes(body, messageAttributes) <= queue.maximumMessageBytes) return;
  const why = `Reason: Message must be shorter than ${queue.maximumMessageBytes} bytes.`;
  throw sqsError('InvalidParameterValue', `One or more parameters are invalid. ${why}`);
}

/** The message's own delay, or the queue's. A FIFO queue knows only its own. */
export function delayOf(queue: QueueAttributes, asked: number | undefined): number {
  if (asked === undefined) return queue.delaySeconds;
  if (queue.isFifo && asked !== 0) {
    throw invalidValue('DelaySeconds', asked, 'The request include parameter that is not valid for this queue type.');
  }
  if (!Number.isInteger(asked) || asked < 0 || asked > 900) {
    throw invalidValue('DelaySeconds', asked, 'DelaySeconds must be >= 0 and <= 900.');
  }
  return asked;
}

/** Undefined for a standard queue. @throws {AwsError} when a FIFO queue is not told group or deduplication. */
export function deduplicationIdOf(queue: QueueAttributes, body: string, sent: SendOptions): string | undefined {
  if (!queue.isFifo) return undefined;
  if (sent.messageGroupId === undefined) {
    throw sqsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  }
  const id = sent.messageDeduplicationId ?? (queue.contentBasedDeduplication ? md5Hex(body) : undefined);
  if (id !== undefined) return id;
  const why = 'either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';
  throw sqsError('InvalidParameterValue', `The queue should ${why}`);
}
