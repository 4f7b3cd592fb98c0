import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import { readParameters } from '../http/json-service.ts';
import { checkBatch } from './batches.ts';
import { md5Hex, md5OfAttributes, messageSizeBytes } from './message.ts';
import {
  arnOfUrl,
  messageAttributesShape,
  ofQueue,
  onQueue,
  readAttributes,
  type SqsOperation,
  type SqsParts,
} from './sqs-call.ts';
import { sqsError } from './sqs-errors.ts';

const messageFields = {
  MessageBody: z.string(),
  DelaySeconds: z.optional(z.number()),
  MessageAttributes: messageAttributesShape,
  MessageSystemAttributes: messageAttributesShape,
  MessageGroupId: z.optional(z.string()),
  MessageDeduplicationId: z.optional(z.string()),
};
const sendShape = z.object({ ...ofQueue, ...messageFields });
const batchShape = z.object({ ...ofQueue, Entries: z.array(z.object({ Id: z.string(), ...messageFields })) });

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html (read 2026-11) */
const batchLimitBytes = 1_048_576;

export const sendMessage: SqsOperation = (parts, call) => {
  const asked = readParameters(sendShape, call, 'InvalidParameterValue');
  const arn = arnOfUrl(parts, asked.QueueUrl);
  return onQueue('SendMessage', arn, ({ caller }) => send(parts, arn, asked, caller.name));
};

export const sendMessageBatch: SqsOperation = (parts, call) => {
  const asked = readParameters(batchShape, call, 'InvalidParameterValue');
  const arn = arnOfUrl(parts, asked.QueueUrl);
  return onQueue('SendMessage', arn, ({ caller }) => {
    parts.queues.queue(arn);
    checkBatch(asked.Entries);
    const sizes = asked.Entries.map((entry) =>
      messageSizeBytes(entry.MessageBody, readAttributes(entry.MessageAttributes)),
    );
    if (sizes.reduce((sum, size) => sum + size, 0) > batchLimitBytes) {
      throw sqsError('BatchRequestTooLong', `Batch requests cannot be longer than ${batchLimitBytes} bytes.`);
    }
    const results = asked.Entries.map((entry) => trySend(parts, arn, entry, caller.name));
    return { Successful: results.flatMap((result) => result.done), Failed: results.flatMap((result) => result.failed) };
  });
};

type MessageAsked = Omit<z.infer<typeof sendShape>, 'QueueUrl'>;

function send(parts: SqsParts, arn: string, asked: MessageAsked, sender: string): object {
  const messageAttributes = readAttributes(asked.MessageAttributes);
  const systemAttributes = readAttributes(asked.MessageSystemAttributes);
  const traceHeader = systemAttributes['AWSTraceHeader']?.stringValue;
  const sent = parts.queues.send(arn, asked.MessageBody, {
    messageAttributes,
    sender,
    ...(asked.DelaySeconds === undefined ? {} : { delaySeconds: asked.DelaySeconds }),
    ...(asked.MessageGroupId === undefined ? {} : { messageGroupId: asked.MessageGroupId }),
    ...(asked.MessageDeduplicationId === undefined ? {} : { messageDeduplicationId: asked.MessageDeduplicationId }),
    ...(traceHeader === undefined ? {} : { traceHeader }),
  });
  return {
    MessageId: sent.messageId,
    MD5OfMessageBody: md5Hex(asked.MessageBody),
    MD5OfMessageAttributes: md5OfAttributes(messageAttributes),
    MD5OfMessageSystemAttributes: md5OfAttributes(systemAttributes),
    SequenceNumber: sent.sequence,
  };
}

/** One entry of a batch answers for itself. */
function trySend(parts: SqsParts, arn: string, entry: MessageAsked & { readonly Id: string }, sender: string) {
  try {
    return { done: [{ Id: entry.Id, ...send(parts, arn, entry, sender) }], failed: [] };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { done: [], failed: [{ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true }] };
  }
}
