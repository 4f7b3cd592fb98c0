import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Message, MessageAttributeValue, SQSClient } from '@aws-sdk/client-sqs';
import type { MessageAttribute, ReceivedMessage } from '../aws/local-aws.ts';
import type { Clock } from '../clock.ts';
import type { QueueFeed, QueueWorker } from '../cloud/aws/cloud-aws.ts';

interface PollingParts {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly clock: Clock;
  readonly worker: QueueWorker;
}

/** SQS hands out at most this many messages at a time, and waits at most so long for one. */
const LARGEST_RECEIVE = 10;
const LONGEST_WAIT_SECONDS = 20;

/** After a receive that failed, so that an emulator that restarts is not pressed. */
const PAUSE_MS = 1000;

/** Feeds a queue by long polling: one receive at a time, and none while there is no room for its messages. */
export function feedByLongPolling(parts: PollingParts): QueueFeed {
  const { clock, worker } = parts;
  const stopped = new AbortController();
  let resumed = Promise.withResolvers<void>();
  const resume = (): void => {
    resumed.resolve();
    resumed = Promise.withResolvers();
  };

  const poll = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      if (!worker.hasRoom()) {
        await resumed.promise;
        continue;
      }
      try {
        const messages = await receiveBatch(parts, stopped.signal);
        if (messages.length > 0) worker.deliver(messages);
        else worker.onQuiet();
      } catch (error) {
        if (stopped.signal.aborted) return;
        worker.onFault(error);
        const callOff = clock.at(clock.now() + PAUSE_MS, resume);
        await resumed.promise;
        callOff();
      }
    }
  };
  void poll();
  return {
    resume,
    stop() {
      stopped.abort();
      resume();
    },
  };
}

/** Waits for a first message, then, as long as the window lasts or receives come back full, for the rest of a batch. */
async function receiveBatch(parts: PollingParts, signal: AbortSignal): Promise<readonly ReceivedMessage[]> {
  const { clock, worker } = parts;
  const batch = [...(await receive(parts, worker.batchSize, LONGEST_WAIT_SECONDS, signal))];
  const endOfWindowMs = clock.now() + worker.windowSeconds * 1000;
  let wasFull = batch.length === LARGEST_RECEIVE;
  while (batch.length > 0 && batch.length < worker.batchSize) {
    const leftSeconds = Math.max(0, Math.ceil((endOfWindowMs - clock.now()) / 1000));
    if (leftSeconds === 0 && !wasFull) break;
    const more = await receive(parts, worker.batchSize - batch.length, leftSeconds, signal);
    wasFull = more.length === LARGEST_RECEIVE;
    batch.push(...more);
  }
  return batch;
}

async function receive(
  { sqs, queueUrl }: PollingParts,
  most: number,
  waitSeconds: number,
  abortSignal: AbortSignal,
): Promise<readonly ReceivedMessage[]> {
  const ask = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: Math.min(most, LARGEST_RECEIVE),
    WaitTimeSeconds: Math.min(waitSeconds, LONGEST_WAIT_SECONDS),
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  const { Messages } = await sqs.send(ask, { abortSignal });
  return (Messages ?? []).map(receivedMessage);
}

function receivedMessage(message: Message): ReceivedMessage {
  const { MessageId, ReceiptHandle, Body, MD5OfBody, Attributes, MessageAttributes } = message;
  if (MessageId === undefined || ReceiptHandle === undefined)
    throw new Error('a received message has no MessageId or no ReceiptHandle');
  const attributes = Object.entries(MessageAttributes ?? {}).map(([name, value]) => [name, attribute(value)] as const);
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body ?? '',
    md5OfBody: MD5OfBody ?? '',
    attributes: { ...Attributes },
    messageAttributes: Object.fromEntries(attributes),
  };
}

function attribute({ DataType, StringValue, BinaryValue }: MessageAttributeValue): MessageAttribute {
  return {
    dataType: DataType ?? 'String',
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
  };
}
