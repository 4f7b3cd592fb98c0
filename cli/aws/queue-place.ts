import { ChangeMessageVisibilityCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { AsideMessage, AsidePlace } from '../connection.ts';
import { sqsQueueReader } from '../../lambdas/shared/adapters/sqs/queue-reader.ts';
import { sqsCall } from '../../lambdas/shared/adapters/sqs/sqs-call.ts';
import type { QueuedMessage } from '../../lambdas/shared/ports/queue-reader.ts';

/** Long enough to send ten messages on; what is left is shown again at the end. */
const hideSeconds = 120;

/** SQS sometimes looks in a corner without messages; so often it must find none before the queue is taken for empty. */
const emptyLooks = 2;

/** Reconcile hides what it looks at for 15 s; so many looks of a second each are waited for that. */
const looksForOthers = 20;

/** A queue of dead letters, or the quarantine, as a place whose messages can be visited. */
export function queuePlace(name: string, client: SQSClient, queueUrl: string): AsidePlace {
  const reader = sqsQueueReader(client, queueUrl);
  return {
    name,
    async visitAll(visit) {
      const left = new Map<string, QueuedMessage>();
      for (
        let looks = 0;
        looks < emptyLooks || (looks < looksForOthers && (await hiddenElsewhere(client, queueUrl, left.size)));
      ) {
        const messages = await reader.receive(hideSeconds);
        const fresh = messages.filter((message) => !left.has(message.messageId));
        // A message that is met again was left long ago: everything else has been seen by now.
        looks = fresh.length === 0 ? looks + 1 : 0;
        for (const message of messages) {
          const isKnown = left.has(message.messageId);
          const verdict = isKnown ? 'leave' : await visit(asideMessage(message));
          if (verdict === 'remove') await reader.remove(message);
          else left.set(message.messageId, message);
        }
      }
      for (const message of left.values()) await showAgain(client, queueUrl, message);
    },
  };
}

function asideMessage({ messageId, body, attributes }: QueuedMessage): AsideMessage {
  const originalMessageId = attributes['OriginalMessageId'];
  return {
    messageId,
    body,
    reason: attributes['FailureReason'] ?? 'killed-function',
    ...(originalMessageId !== undefined && { originalMessageId }),
  };
}

/** True while somebody else has messages of the queue in hand. */
async function hiddenElsewhere(client: SQSClient, queueUrl: string, inOurHands: number): Promise<boolean> {
  const command = new GetQueueAttributesCommand({
    QueueUrl: queueUrl,
    AttributeNames: ['ApproximateNumberOfMessagesNotVisible'],
  });
  const { Attributes } = await sqsCall('count the hidden messages', () => client.send(command));
  return Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? '0') > inOurHands;
}

async function showAgain(client: SQSClient, queueUrl: string, message: QueuedMessage): Promise<void> {
  await sqsCall(`show message ${message.messageId} again`, () =>
    client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: message.receiptHandle,
        VisibilityTimeout: 0,
      }),
    ),
  );
}
