import type { SQSEvent, SQSRecord } from 'aws-lambda';

export interface RecordSettings {
  readonly messageId?: string;
  readonly body?: string;
  readonly receiveCount?: number;
  readonly sentAt?: Date;
}

/** A record as the event source gives it to a function; the queue is enrich-task. */
export function sqsRecord(settings: RecordSettings = {}): SQSRecord {
  const {
    messageId = 'm-1',
    body = '{"route":"internal/test"}',
    receiveCount = 1,
    sentAt = new Date('2026-11-20T09:00:00Z'),
  } = settings;
  return {
    messageId,
    receiptHandle: `handle-of-${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt.getTime()),
      SenderId: 'AROAEXAMPLE',
      ApproximateFirstReceiveTimestamp: String(sentAt.getTime()),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:enrich-task',
    awsRegion: 'eu-west-1',
  };
}

export function sqsEvent(...records: readonly SQSRecord[]): SQSEvent {
  return { Records: [...records] };
}
