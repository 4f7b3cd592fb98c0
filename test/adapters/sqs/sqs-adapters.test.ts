import { SQSClient } from '@aws-sdk/client-sqs';
import { sqsMessageFates } from '../../../lambdas/shared/adapters/sqs/message-fates.ts';
import { sqsQueueReader } from '../../../lambdas/shared/adapters/sqs/queue-reader.ts';
import { sqsWorkQueues } from '../../../lambdas/shared/adapters/sqs/work-queues.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import { taskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { WorkMessage } from '../../../lambdas/shared/messages/work-message.ts';
import type { ReceivedMessage } from '../../../lambdas/shared/ports/message-fates.ts';
import { md5Of, sent, startAwsJsonServer } from '../../support/runtime/aws-json-server.ts';
import type { AwsJsonServer, WireAnswer, WireCall } from '../../support/runtime/aws-json-server.ts';

const base = 'https://sqs.eu-west-1.amazonaws.com/123456789012';
const deadLetterQueueUrl = `${base}/enrich-task-dead-letters`;
const quarantineQueueUrl = `${base}/quarantine`;
const ok: WireAnswer = { kind: 'ok', output: {} };

const work: WorkMessage = {
  v: 1,
  route: 'internal/link-recording',
  taskSid: taskSid('WT00000000000000000000000000000001'),
  why: 'announced',
  cause: 'EV1',
};
const received: ReceivedMessage = {
  messageId: 'm-1',
  receiptHandle: 'handle-1',
  queueName: 'enrich-task',
  body: '{"v":1, "as it came": true}',
  receiveCount: 3,
  sentAt: new Date('2026-11-20T09:00:00Z'),
};
const because = { functionName: 'enrich-task', reason: 'unreadable-message', message: 'the body is not JSON' };

let server: AwsJsonServer;
let client: SQSClient;
let answer: (call: WireCall) => WireAnswer;

beforeEach(async () => {
  answer = sent;
  server = await startAwsJsonServer((call) => answer(call));
  client = new SQSClient(server.clientSettings);
});

afterEach(async () => {
  client.destroy();
  await server.close();
});

describe('work queues', () => {
  const queues = () => sqsWorkQueues(client, { 'internal/link-recording': `${base}/link-recording` });

  it('send a message as JSON to the queue of its route', async () => {
    await queues().send(work);

    expect(server.calls).toEqual([
      { action: 'SendMessage', input: { QueueUrl: `${base}/link-recording`, MessageBody: expect.any(String) } },
    ]);
    expect(JSON.parse(String(server.calls[0]?.input['MessageBody']))).toEqual(work);
  });

  it('send what a sender put into an id so that SQS takes it, and it is read as it was', async () => {
    const alias = 'id-\ufffe-\uffff-\u0000-\ud800-ü';
    const waiting: WorkMessage = { v: 1, route: 'internal/match-contact-status', alias, cause: 'EV1' };

    await sqsWorkQueues(client, { 'internal/match-contact-status': `${base}/calabrio-status` }).send(waiting);

    const body = String(server.calls[0]?.input['MessageBody']);
    expect(body).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    expect(body.isWellFormed()).toBe(true);
    expect(JSON.parse(body)).toEqual(waiting);
  });

  it('delay it for the seconds that were asked', async () => {
    await queues().send(work, 45);

    expect(server.calls).toMatchObject([{ input: { DelaySeconds: 45 } }]);
  });

  it.each([-1, 901, 1.5, NaN])('refuse a delay of %p seconds before they ask SQS', async (delaySeconds) => {
    await expect(queues().send(work, delaySeconds)).rejects.toThrow(RangeError);
    expect(server.calls).toEqual([]);
  });

  it('refuse a route without a queue, and name the routes they know', async () => {
    const lost: WorkMessage = { v: 1, route: 'internal/discover-recordings', taskSid: work.taskSid, cause: 'EV1' };

    await expect(queues().send(lost)).rejects.toThrow(
      'no queue is set for internal/discover-recordings; this function knows internal/link-recording',
    );
  });
});

describe('the fates of a message', () => {
  const fates = () => sqsMessageFates(client, { deadLetterQueueUrl, quarantineQueueUrl });
  const text = (value: string) => ({ DataType: 'String', StringValue: value });

  it('park the body unchanged with why it was parked', async () => {
    await fates().park(received, because);

    expect(server.calls).toEqual([
      {
        action: 'SendMessage',
        input: {
          QueueUrl: deadLetterQueueUrl,
          MessageBody: '{"v":1, "as it came": true}',
          MessageAttributes: {
            FailureReason: text('unreadable-message'),
            FailureMessage: text('the body is not JSON'),
            FunctionName: text('enrich-task'),
            OriginalMessageId: text('m-1'),
            ReceiveCount: text('3'),
          },
        },
      },
    ]);
  });

  it('quarantine the same way, with the route', async () => {
    await fates().quarantine(received, { ...because, reason: 'signature-mismatch', route: 'twilio/task-events' });

    expect(server.calls).toMatchObject([
      {
        action: 'SendMessage',
        input: {
          QueueUrl: quarantineQueueUrl,
          MessageBody: received.body,
          MessageAttributes: { FailureReason: text('signature-mismatch'), Route: text('twilio/task-events') },
        },
      },
    ]);
  });

  it('quarantine to the dead letters where there is no quarantine', async () => {
    await sqsMessageFates(client, { deadLetterQueueUrl }).quarantine(received, {
      ...because,
      route: 'internal/link-recording',
    });

    expect(server.calls).toMatchObject([{ input: { QueueUrl: deadLetterQueueUrl } }]);
  });

  it.each([
    ['an empty text', '', '-'],
    ['control characters', 'line\u0000one\u0007\nline two', 'line one  line two'],
    ['half a character', 'cut \ud83d', 'cut \ufffd'],
    ['a long text', 'é'.repeat(1000), 'é'.repeat(256)],
  ])('make an attribute of %s that SQS takes', async (_name, message, stored) => {
    await fates().park(received, { ...because, message });

    expect(server.calls).toMatchObject([{ input: { MessageAttributes: { FailureMessage: text(stored) } } }]);
  });

  it('hide the message on the queue it came from', async () => {
    answer = () => ok;

    await fates().setVisibility(received, 70);

    expect(server.calls).toEqual([
      {
        action: 'ChangeMessageVisibility',
        input: { QueueUrl: `${base}/enrich-task`, ReceiptHandle: 'handle-1', VisibilityTimeout: 70 },
      },
    ]);
  });
});

describe('the reader of a queue', () => {
  it('takes up to ten messages with their times, counts and attributes, and hides them', async () => {
    answer = () => ({
      kind: 'ok',
      output: {
        Messages: [
          {
            MessageId: 'm-1',
            ReceiptHandle: 'handle-1',
            Body: 'a body',
            MD5OfBody: md5Of('a body'),
            Attributes: { SentTimestamp: '1795163323118', ApproximateReceiveCount: '2' },
            MessageAttributes: { FailureReason: { DataType: 'String', StringValue: 'unclassified' } },
          },
        ],
      },
    });

    const messages = await sqsQueueReader(client, deadLetterQueueUrl).receive(120);

    expect(server.calls).toMatchObject([
      {
        action: 'ReceiveMessage',
        input: { QueueUrl: deadLetterQueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 120 },
      },
    ]);
    expect(messages).toEqual([
      {
        messageId: 'm-1',
        receiptHandle: 'handle-1',
        body: 'a body',
        sentAt: new Date('2026-11-20T08:28:43.118Z'),
        receiveCount: 2,
        attributes: { FailureReason: 'unclassified' },
      },
    ]);
  });

  it('finds none on an empty queue', async () => {
    answer = () => ok;

    expect(await sqsQueueReader(client, deadLetterQueueUrl).receive(30)).toEqual([]);
  });

  it('removes a message by its handle, and knows its queue by name', async () => {
    answer = () => ok;
    const reader = sqsQueueReader(client, deadLetterQueueUrl);

    await reader.remove({
      messageId: 'm-1',
      receiptHandle: 'handle-1',
      body: '',
      sentAt: new Date(0),
      receiveCount: 1,
      attributes: {},
    });

    expect(reader.queueName).toBe('enrich-task-dead-letters');
    expect(server.calls).toEqual([
      { action: 'DeleteMessage', input: { QueueUrl: deadLetterQueueUrl, ReceiptHandle: 'handle-1' } },
    ]);
  });

  it('does not take a message without a handle for a message', async () => {
    answer = () => ({
      kind: 'ok',
      output: {
        Messages: [{ MessageId: 'm-1', Body: 'a', MD5OfBody: md5Of('a'), Attributes: { SentTimestamp: '1' } }],
      },
    });

    await expect(sqsQueueReader(client, deadLetterQueueUrl).receive(30)).rejects.toThrow(RetryableError);
  });
});

describe('whatever SQS does instead of what it was asked', () => {
  const troubles: readonly [string, WireAnswer][] = [
    ['throttles', { kind: 'error', status: 400, code: 'RequestThrottled', message: 'slow down' }],
    ['fails', { kind: 'error', status: 503, code: 'ServiceUnavailable', message: 'come again' }],
    ['has no such queue', { kind: 'error', status: 400, code: 'QueueDoesNotExist', message: 'gone' }],
    ['breaks the connection', { kind: 'broken' }],
  ];
  const calls = (): readonly [string, () => Promise<unknown>][] => [
    ['send', () => sqsWorkQueues(client, { 'internal/link-recording': `${base}/link-recording` }).send(work)],
    ['park', () => sqsMessageFates(client, { deadLetterQueueUrl }).park(received, because)],
    ['hide', () => sqsMessageFates(client, { deadLetterQueueUrl }).setVisibility(received, 5)],
    ['receive', () => sqsQueueReader(client, deadLetterQueueUrl).receive(30)],
  ];

  it.each(troubles)('when it %s, every call is to be made again, and the cause is kept', async (_name, trouble) => {
    answer = () => trouble;

    for (const [, call] of calls()) {
      const failure = await call().catch((error: unknown) => error);

      expect(failure).toBeInstanceOf(RetryableError);
      expect(failure).toMatchObject({ reason: 'sqs-failed', cause: expect.any(Error) });
    }
  });

  it('a missing permission is named with its action', async () => {
    const message =
      'User: enrich-task is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:123456789012:link-recording';
    answer = () => ({ kind: 'error', status: 400, code: 'AccessDenied', message });

    await expect(
      sqsWorkQueues(client, { 'internal/link-recording': `${base}/link-recording` }).send(work),
    ).rejects.toThrow('sqs:SendMessage');
  });

  it('an answer that lost part of the body is no success', async () => {
    answer = () => ({ kind: 'ok', output: { MessageId: 'm', MD5OfMessageBody: md5Of('something else') } });

    await expect(sqsMessageFates(client, { deadLetterQueueUrl }).park(received, because)).rejects.toThrow(
      RetryableError,
    );
  });
});
