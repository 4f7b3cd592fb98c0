import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { WorkMessage } from '../../messages/work-message.ts';
import type { WorkQueues } from '../../ports/work-queues.ts';
import { queueNameOf, sqsCall } from './sqs-call.ts';
import type { SqsSender } from './sqs-call.ts';

/** The longest that SQS delays a message (SendMessage, `DelaySeconds`; read 2026-11). */
const LONGEST_DELAY_SECONDS = 900;

/** Which queue takes which work; a function names only the routes it sends on. */
type QueueUrlByRoute<Route extends WorkMessage['route'] = WorkMessage['route']> = Readonly<Record<Route, string>>;

/**
 * Sends work to the queue of its route, as JSON.
 *
 * @throws {RangeError} for a route without a queue or a delay outside 0 to 900 whole seconds: faults of ours.
 */
export function sqsWorkQueues(client: SqsSender, queueUrls: Readonly<Partial<QueueUrlByRoute>>): WorkQueues {
  return {
    async send(message, delaySeconds = 0) {
      const queueUrl = queueUrls[message.route];
      if (queueUrl === undefined)
        throw new RangeError(
          `no queue is set for ${message.route}; this function knows ${Object.keys(queueUrls).join(', ')}`,
        );
      if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > LONGEST_DELAY_SECONDS) {
        throw new RangeError(
          `a delay of ${delaySeconds} s cannot be asked of SQS: wanted 0 to ${LONGEST_DELAY_SECONDS} whole seconds`,
        );
      }
      await sqsCall(`take ${message.route} for ${queueNameOf(queueUrl)}`, () =>
        client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: acceptableJson(message),
            ...(delaySeconds > 0 ? { DelaySeconds: delaySeconds } : {}),
          }),
        ),
      );
    },
  };
}

/**
 * JSON escapes every character that SQS refuses but two, which a sender may have put into an id: a message that SQS never
 * takes would hold up whoever sends it, for ever.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html (read 2026-11)
 */
function acceptableJson(message: WorkMessage): string {
  return JSON.stringify(message).replace(/[\ufffe\uffff]/g, (character) =>
    character === '\ufffe' ? '\\ufffe' : '\\uffff',
  );
}
