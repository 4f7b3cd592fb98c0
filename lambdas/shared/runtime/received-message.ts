import type { SQSRecord } from 'aws-lambda';
import type { ReceivedMessage } from '../ports/message-fates.ts';

/** The record of the event source as the rest of the pipeline names it. */
export function receivedMessage(record: SQSRecord): ReceivedMessage {
  return {
    messageId: record.messageId,
    receiptHandle: record.receiptHandle,
    queueName: record.eventSourceARN.slice(record.eventSourceARN.lastIndexOf(':') + 1),
    body: record.body,
    receiveCount: Number(record.attributes.ApproximateReceiveCount),
    sentAt: new Date(Number(record.attributes.SentTimestamp)),
  };
}
