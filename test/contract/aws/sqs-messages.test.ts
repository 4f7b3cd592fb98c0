import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  SendMessageBatchCommand,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { makeQueue, receive, receiveOne, sendText } from '../../support/aws/queues.ts';
import { refusal, startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('messages in the local SQS', () => {
  let test: TestAws;
  let url: string;
  let count = 0;
  beforeAll(async () => void (test = await startTestAws()));
  beforeEach(async () => void (url = await makeQueue(test.sqs, `messages-${(count += 1)}`)));
  afterAll(() => test.close());

  it('hands a message on unchanged, characters beyond the first plane included', async () => {
    const body = '{"x":"<&\\"é日\u{1F600}>\\t"}';
    const sent = await sendText(test.sqs, url, body);
    const message = await receiveOne(test.sqs, url);

    expect([message.Body, message.MessageId]).toEqual([body, sent.MessageId]);
    expect(message.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SenderId: 'operator' });
  });

  it('says when it was sent, by the clock', async () => {
    test.advance(3600);
    const before = test.clock.now();
    await sendText(test.sqs, url, 'dated');
    const message = await receiveOne(test.sqs, url);

    const sentAt = Number(message.Attributes?.['SentTimestamp']);
    expect(sentAt).toBeGreaterThanOrEqual(Math.floor(before));
    expect(sentAt).toBeLessThan(before + 60_000);
  });

  it('keeps attributes of each type; the SDK checks their digest on both ways', async () => {
    const attributes: SendMessageCommandInput['MessageAttributes'] = {
      reason: { DataType: 'String', StringValue: 'media-never-came' },
      attempts: { DataType: 'Number', StringValue: '8' },
      raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 1, 255]) },
    };
    const sent = await sendText(test.sqs, url, 'with attributes', { MessageAttributes: attributes });
    const message = await receiveOne(test.sqs, url);

    expect(message.MessageAttributes).toEqual(attributes);
    expect(message.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
    // By the documented layout, with Python: struct.pack('>I', len) before each part, then 1 or 2 for the kind of value.
    expect(sent.MD5OfMessageAttributes).toBe('0cce38d1b829e5875fad12136a57254c');
  });

  it('hands over only the attributes that were asked for', async () => {
    const string = (text: string) => ({ DataType: 'String', StringValue: text });
    await sendText(test.sqs, url, 'x', {
      MessageAttributes: { 'a.one': string('1'), 'a.two': string('2'), b: string('3') },
    });
    const message = await receiveOne(test.sqs, url, {
      MessageAttributeNames: ['a.*'],
      MessageSystemAttributeNames: ['SentTimestamp'],
    });

    expect(Object.keys(message.MessageAttributes ?? {})).toEqual(['a.one', 'a.two']);
    expect(Object.keys(message.Attributes ?? {})).toEqual(['SentTimestamp']);
  });

  it('carries the trace header', async () => {
    await sendText(test.sqs, url, 'traced', {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-abc' } },
    });

    expect((await receiveOne(test.sqs, url)).Attributes?.['AWSTraceHeader']).toBe('Root=1-abc');
  });

  it('takes 1 MiB and refuses a byte more', async () => {
    await sendText(test.sqs, url, 'x'.repeat(1_048_576));

    expect(await refusal(sendText(test.sqs, url, 'x'.repeat(1_048_577)))).toMatchObject({
      name: 'InvalidParameterValue',
      status: 400,
    });
  });

  it.each([
    ['a control character', 'a\u0001b'],
    ['half of a surrogate pair', 'a\ud800b'],
    ['a noncharacter', 'a\uffff'],
  ])('refuses %s', async (_what, body) => {
    expect(await refusal(sendText(test.sqs, url, body))).toMatchObject({ name: 'InvalidMessageContents', status: 400 });
  });

  it('names what is wrong with a queue or a handle', async () => {
    const gone = `${test.aws.url}/123456789012/no-such-queue`;
    const remove = () => test.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'garbage' }));

    expect(await refusal(sendText(test.sqs, gone, 'x'))).toMatchObject({ name: 'QueueDoesNotExist', status: 400 });
    expect(await refusal(remove())).toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });

  it('works in batches of ten, each entry answering for itself', async () => {
    const ids = Array.from({ length: 10 }, (_, at) => `id-${at}`);
    const sent = await test.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: ids.map((Id) => ({ Id, MessageBody: Id === 'id-3' ? '\u0001' : Id })),
      }),
    );
    const messages = await receive(test.sqs, url, { MaxNumberOfMessages: 10 });
    const entries = messages.map(({ ReceiptHandle }, at) => ({ Id: `m${at}`, ReceiptHandle }));
    const changed = await test.sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: url,
        Entries: entries.map((entry, at) => ({ ...entry, VisibilityTimeout: at === 0 ? 50_000 : 60 })),
      }),
    );
    const deleted = await test.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entries }));

    expect(sent.Failed?.map(({ Id, Code }) => [Id, Code])).toEqual([['id-3', 'InvalidMessageContents']]);
    expect(messages.map(({ Body }) => Body)).toEqual(ids.filter((id) => id !== 'id-3'));
    expect([changed.Successful?.length, changed.Failed?.map(({ Id }) => Id)]).toEqual([8, ['m0']]);
    expect(deleted.Successful).toHaveLength(9);
    expect(test.aws.sqs.messages(test.aws.sqs.queueArns().at(-1) ?? '')).toEqual([]);
  });

  it('refuses batches that are too long, empty of sense or ambiguous', async () => {
    const batch =
      (ids: readonly string[], body = 'x') =>
      () =>
        test.sqs.send(
          new SendMessageBatchCommand({ QueueUrl: url, Entries: ids.map((Id) => ({ Id, MessageBody: body })) }),
        );
    const names = [];
    for (const attempt of [
      batch(Array.from({ length: 11 }, (_, at) => `id${at}`)),
      batch(['same', 'same']),
      batch(['not allowed!']),
      batch(['a', 'b'], 'x'.repeat(600_000)),
    ]) {
      names.push((await refusal(attempt())).name);
    }

    expect(names).toEqual([
      'TooManyEntriesInBatchRequest',
      'BatchEntryIdsNotDistinct',
      'InvalidBatchEntryId',
      'BatchRequestTooLong',
    ]);
  });
});
