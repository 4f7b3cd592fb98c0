import { ChangeMessageVisibilityCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { MessageFates, PutAsideBecause, ReceivedMessage } from '../../ports/message-fates.ts';
import { queueNameOf, sqsCall } from './sqs-call.ts';
import type { SqsSender } from './sqs-call.ts';

const LONGEST_ATTRIBUTE_CHARACTERS = 256;

export interface FateQueues {
  readonly deadLetterQueueUrl: string;
  /** Absent for a function that only our own messages reach; what it quarantines lands with its dead letters. */
  readonly quarantineQueueUrl?: string;
}

/** Parks, quarantines and hides messages in SQS. */
export function sqsMessageFates(client: SqsSender, queues: FateQueues): MessageFates {
  const putAside = async (
    queueUrl: string,
    message: ReceivedMessage,
    attributes: Readonly<Record<string, string>>,
  ): Promise<void> => {
    await sqsCall(`take message ${message.messageId} for ${queueNameOf(queueUrl)}`, () =>
      client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: message.body,
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, text]) => [name, textAttribute(text)]),
          ),
        }),
      ),
    );
  };

  return {
    park: (message, because) => putAside(queues.deadLetterQueueUrl, message, attributesOf(message, because)),
    quarantine: (message, because) =>
      putAside(queues.quarantineQueueUrl ?? queues.deadLetterQueueUrl, message, {
        ...attributesOf(message, because),
        Route: because.route,
      }),
    async setVisibility(message, seconds) {
      await sqsCall(`hide message ${message.messageId} for ${seconds} s`, () =>
        client.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: neighbourUrl(queues.deadLetterQueueUrl, message.queueName),
            ReceiptHandle: message.receiptHandle,
            VisibilityTimeout: seconds,
          }),
        ),
      );
    },
  };
}

function attributesOf(message: ReceivedMessage, because: PutAsideBecause): Readonly<Record<string, string>> {
  return {
    FailureReason: because.reason,
    FailureMessage: because.message,
    FunctionName: because.functionName,
    OriginalMessageId: message.messageId,
    ReceiveCount: String(message.receiveCount),
  };
}

/**
 * SQS refuses an empty attribute and all control characters but tab, line feed and carriage return, and a refused
 * attribute would hold the message up, so the text is made acceptable here.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html (read 2026-11)
 */
function textAttribute(text: string): MessageAttributeValue {
  const clean = [...text.toWellFormed()].slice(0, LONGEST_ATTRIBUTE_CHARACTERS).join('');
  const stringValue = clean.replace(/[\u0000-\u001f\u007f\ufffe\uffff]/g, ' ');
  return { DataType: 'String', StringValue: stringValue === '' ? '-' : stringValue };
}

/**
 * The URL of a queue that lies beside the dead-letter queue. An event names its queue by ARN only, and a queue has its
 * dead-letter queue in its own account and Region, so the URLs differ in the name alone.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html (read 2026-11)
 */
function neighbourUrl(deadLetterQueueUrl: string, queueName: string): string {
  return `${deadLetterQueueUrl.slice(0, deadLetterQueueUrl.lastIndexOf('/') + 1)}${queueName}`;
}
