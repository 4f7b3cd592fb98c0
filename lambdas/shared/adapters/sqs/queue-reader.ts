import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import { RetryableError } from '../../domain/outcome.ts';
import type { QueuedMessage, QueueReader } from '../../ports/queue-reader.ts';
import { queueNameOf, sqsCall } from './sqs-call.ts';
import type { SqsSender } from './sqs-call.ts';

/** The most that SQS hands out at a time. */
const MOST_MESSAGES = 10;
/** Any wait makes SQS ask all of its servers, so that "none" nearly always means none. */
const WAIT_SECONDS = 1;

/**
 * Reads one SQS queue by hand. Without `waitSeconds` it waits a second for an answer that means what it says; with 0 it
 * answers at once and may overlook a message, which suits whoever looks again in a few minutes.
 */
export function sqsQueueReader(
  client: SqsSender,
  queueUrl: string,
  { waitSeconds = WAIT_SECONDS }: { readonly waitSeconds?: number } = {},
): QueueReader {
  const queueName = queueNameOf(queueUrl);
  return {
    queueName,
    async receive(hideForSeconds) {
      const answer = await sqsCall(`hand out messages of ${queueName}`, () =>
        client.send(
          new ReceiveMessageCommand({
            QueueUrl: queueUrl,
            MaxNumberOfMessages: MOST_MESSAGES,
            VisibilityTimeout: hideForSeconds,
            WaitTimeSeconds: waitSeconds,
            MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
            MessageAttributeNames: ['All'],
          }),
        ),
      );
      return (answer.Messages ?? []).map((message) => queuedMessage(queueName, message));
    },
    async remove(message) {
      await sqsCall(`remove message ${message.messageId} from ${queueName}`, () =>
        client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.receiptHandle })),
      );
    },
  };
}

function queuedMessage(queueName: string, message: Message): QueuedMessage {
  const { MessageId, ReceiptHandle, Body, Attributes = {}, MessageAttributes = {} } = message;
  if (
    MessageId === undefined ||
    ReceiptHandle === undefined ||
    Body === undefined ||
    Attributes.SentTimestamp === undefined
  ) {
    throw new RetryableError(`SQS handed out a message of ${queueName} without id, handle, body or time`, {
      reason: 'sqs-failed',
    });
  }
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    sentAt: new Date(Number(Attributes.SentTimestamp)),
    receiveCount: Number(Attributes.ApproximateReceiveCount ?? '1'),
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).flatMap(([name, { StringValue }]) =>
        StringValue === undefined ? [] : [[name, StringValue]],
      ),
    ),
  };
}
