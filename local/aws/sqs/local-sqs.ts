import type { LocalSqs, ReceivedMessage } from '../local-aws.ts';
import { md5Hex, type Message } from './message.ts';
import type { Queues } from './queues.ts';
import { invalidValue } from './sqs-errors.ts';

/** The queues as the template runner uses them, without HTTP. */
export function localSqs(queues: Queues, baseUrl: () => string): LocalSqs {
  const urlOf = (arn: string): string => queueUrl(baseUrl(), queues.queue(arn).arn);
  return {
    createQueue({ name, attributes = {}, tags = {} }) {
      const arn = queues.arnOf(name);
      const before = queues.arns().includes(arn) ? queues.settings(arn) : undefined;
      queues.save({ name, attributes: { ...before?.attributes, ...attributes }, tags: { ...before?.tags, ...tags } });
      return { arn, url: urlOf(arn) };
    },
    send: (arn, body, options = {}) => ({ messageId: queues.send(arn, body, options).messageId }),
    receive(arn, max, visibilityTimeoutSeconds) {
      checkVisibility(visibilityTimeoutSeconds);
      return queues.take(arn, max, visibilityTimeoutSeconds).map(received);
    },
    delete: (arn, receiptHandle) => queues.queue(arn).deleteByHandle(receiptHandle),
    changeVisibility(arn, receiptHandle, seconds) {
      checkVisibility(seconds);
      queues.queue(arn).changeVisibility(receiptHandle, seconds);
    },
    onVisible: (arn, listener) => queues.queue(arn).onVisible(listener),
    depth: (arn) => queues.queue(arn).depth(),
    messages: (arn) =>
      queues
        .queue(arn)
        .messages()
        .map(({ messageId, body, messageAttributes, state, sentAtEpochMs, visibleAtEpochMs, receiveCount }) => ({
          messageId,
          body,
          messageAttributes: attributesOf(messageAttributes),
          state,
          sentAtEpochMs,
          visibleAtEpochMs,
          receiveCount,
        })),
    queueArns: () => queues.arns(),
    urlOf,
  };
}

export function queueUrl(baseUrl: string, arn: string): string {
  const [accountId, name] = arn.split(':').slice(-2);
  return `${baseUrl}/${accountId}/${name}`;
}

/** @throws {AwsError} InvalidParameterValue outside 0 to 43,200 seconds. */
export function checkVisibility(seconds: number | undefined): void {
  if (seconds === undefined || (Number.isInteger(seconds) && seconds >= 0 && seconds <= 43_200)) return;
  throw invalidValue('VisibilityTimeout', seconds, 'Must be between 0 and 43200, if provided.');
}

/** Everything SQS says of a received message, named as in a Lambda record. */
export function received(message: Message): ReceivedMessage {
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle ?? '',
    body: message.body,
    md5OfBody: md5Hex(message.body),
    attributes: systemAttributes(message),
    messageAttributes: attributesOf(message.messageAttributes),
  };
}

function systemAttributes(message: Message): Readonly<Record<string, string>> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAtEpochMs),
    SenderId: message.senderId,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtEpochMs ?? message.sentAtEpochMs),
    ...(message.traceHeader === undefined ? {} : { AWSTraceHeader: message.traceHeader }),
    ...(message.deadLetterSourceArn === undefined ? {} : { DeadLetterQueueSourceArn: message.deadLetterSourceArn }),
    ...(message.groupId === undefined
      ? {}
      : { MessageGroupId: message.groupId, SequenceNumber: String(message.sequence).padStart(20, '0') }),
    ...(message.deduplicationId === undefined ? {} : { MessageDeduplicationId: message.deduplicationId }),
  };
}

function attributesOf(kept: Message['messageAttributes']): ReceivedMessage['messageAttributes'] {
  return Object.fromEntries(
    Object.entries(kept).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      {
        dataType,
        ...(stringValue === undefined ? {} : { stringValue }),
        ...(binaryValue === undefined ? {} : { binaryValue }),
      },
    ]),
  );
}
