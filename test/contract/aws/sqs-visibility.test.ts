import { ChangeMessageVisibilityCommand, DeleteMessageCommand, PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { attributesOf, makeQueue, receive, receiveOne, sendText } from '../../support/aws/queues.ts';
import { refusal, startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('visibility in the local SQS, by the clock', () => {
  let test: TestAws;
  let url: string;
  let count = 0;
  beforeAll(async () => void (test = await startTestAws()));
  beforeEach(
    async () => void (url = await makeQueue(test.sqs, `visibility-${(count += 1)}`, { VisibilityTimeout: '60' })),
  );
  afterAll(() => test.close());

  const change = (handle: string | undefined, seconds: number) =>
    test.sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: handle, VisibilityTimeout: seconds }),
    );
  const remove = (handle: string | undefined) =>
    test.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: handle }));

  it('hides a received message until its timeout, then hands it out with a higher count and another handle', async () => {
    await sendText(test.sqs, url, 'again');
    const first = await receiveOne(test.sqs, url);
    test.advance(55);
    expect(await receive(test.sqs, url)).toEqual([]);
    test.advance(6);
    const second = await receiveOne(test.sqs, url);

    expect(second.Attributes?.['ApproximateReceiveCount']).toBe('2');
    expect(second.Attributes?.['ApproximateFirstReceiveTimestamp']).toBe(
      first.Attributes?.['ApproximateFirstReceiveTimestamp'],
    );
    expect(second.ReceiptHandle).not.toBe(first.ReceiptHandle);
  });

  it('counts a changed timeout from the change', async () => {
    await sendText(test.sqs, url, 'longer');
    const message = await receiveOne(test.sqs, url);
    test.advance(50);
    await change(message.ReceiptHandle, 60);
    test.advance(50);

    expect(await receive(test.sqs, url)).toEqual([]);
    test.advance(11);
    expect(await receive(test.sqs, url)).toHaveLength(1);
  });

  it('shows a message at once when its timeout becomes 0', async () => {
    await sendText(test.sqs, url, 'now');
    const message = await receiveOne(test.sqs, url);
    await change(message.ReceiptHandle, 0);

    expect(await receive(test.sqs, url)).toHaveLength(1);
  });

  it('lets only the latest handle delete or hold a message', async () => {
    await sendText(test.sqs, url, 'twice received');
    const old = await receiveOne(test.sqs, url);
    test.advance(61);
    const latest = await receiveOne(test.sqs, url);

    await remove(old.ReceiptHandle);
    expect(await refusal(change(old.ReceiptHandle, 10))).toMatchObject({ name: 'InvalidParameterValue' });
    expect((await attributesOf(test.sqs, url))['ApproximateNumberOfMessagesNotVisible']).toBe('1');
    await remove(latest.ReceiptHandle);
    expect((await attributesOf(test.sqs, url))['ApproximateNumberOfMessagesNotVisible']).toBe('0');
  });

  it('deletes a message whose timeout has passed, but does not hide it again', async () => {
    await sendText(test.sqs, url, 'late');
    const message = await receiveOne(test.sqs, url);
    test.advance(61);

    expect(await refusal(change(message.ReceiptHandle, 10))).toMatchObject({ name: 'MessageNotInflight' });
    await remove(message.ReceiptHandle);
    expect(await receive(test.sqs, url)).toEqual([]);
  });

  it('holds a message for twelve hours at most, counted from its receive', async () => {
    await sendText(test.sqs, url, 'held');
    const message = await receiveOne(test.sqs, url, { VisibilityTimeout: 43_000 });
    test.advance(3600);

    expect(await refusal(change(message.ReceiptHandle, 43_200))).toMatchObject({ name: 'InvalidParameterValue' });
    await change(message.ReceiptHandle, 39_000);
  });

  it('keeps a delayed message back', async () => {
    await sendText(test.sqs, url, 'delayed', { DelaySeconds: 900 });
    expect(await receive(test.sqs, url)).toEqual([]);
    test.advance(901);

    expect(await receive(test.sqs, url)).toHaveLength(1);
  });

  it('forgets a message when its retention is over', async () => {
    const short = await makeQueue(test.sqs, 'short-retention', { MessageRetentionPeriod: '1209600' });
    await sendText(test.sqs, short, 'two weeks');
    test.advance(1_209_590);
    expect((await attributesOf(test.sqs, short))['ApproximateNumberOfMessages']).toBe('1');
    test.advance(11);

    expect(await receive(test.sqs, short)).toEqual([]);
    expect((await attributesOf(test.sqs, short))['ApproximateNumberOfMessages']).toBe('0');
  });

  it('counts what is visible, in flight and delayed, and purges all of it', async () => {
    await sendText(test.sqs, url, 'one');
    await sendText(test.sqs, url, 'two');
    await sendText(test.sqs, url, 'three', { DelaySeconds: 100 });
    await receive(test.sqs, url);
    const arn = (await attributesOf(test.sqs, url))['QueueArn'] ?? '';

    expect(test.aws.sqs.depth(arn)).toEqual({ visible: 1, inFlight: 1, delayed: 1 });
    await test.sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    expect(test.aws.sqs.depth(arn)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });
});

describe('long polling in the local SQS, by the clock', () => {
  let test: TestAws;
  let url: string;
  let polls = 0;
  beforeEach(async () => {
    polls = 0;
    test = await startTestAws({ onCall: ({ action }) => void (polls += action === 'sqs:ReceiveMessage' ? 1 : 0) });
    url = await makeQueue(test.sqs, 'polled', { VisibilityTimeout: '5' });
  });
  afterEach(() => test.close());

  it('answers when a message comes', async () => {
    const polled = receive(test.sqs, url, { WaitTimeSeconds: 20 });
    await untilWaiting();
    await sendText(test.sqs, url, 'arrived');

    expect((await polled).map(({ Body }) => Body)).toEqual(['arrived']);
  });

  it('answers when a hidden message is visible again', async () => {
    await sendText(test.sqs, url, 'back');
    await receive(test.sqs, url);
    const polled = receive(test.sqs, url, { WaitTimeSeconds: 20 });
    await untilWaiting(2);
    test.advance(6);

    expect((await polled).map(({ Body }) => Body)).toEqual(['back']);
  });

  it('answers with nothing when its time is over', async () => {
    const polled = receive(test.sqs, url, { WaitTimeSeconds: 20 });
    await untilWaiting();
    test.advance(20);

    expect(await polled).toEqual([]);
  });

  it('gives each message to one of several who wait', async () => {
    const polled = [receive(test.sqs, url, { WaitTimeSeconds: 20 }), receive(test.sqs, url, { WaitTimeSeconds: 20 })];
    await untilWaiting(2);
    await sendText(test.sqs, url, 'first');
    await sendText(test.sqs, url, 'second');

    const bodies = (await Promise.all(polled)).flatMap((messages) => messages.map(({ Body }) => Body));
    expect(bodies.sort()).toEqual(['first', 'second']);
  });

  it('does not keep the stand-in from closing', async () => {
    const polled = refusal(receive(test.sqs, url, { WaitTimeSeconds: 20 }));
    await untilWaiting();
    await test.close();

    expect((await polled).status).toBeUndefined();
  });

  /** Faults are asked for just before the work, and the work of a poll is to begin waiting. */
  async function untilWaiting(count = 1): Promise<void> {
    while (polls < count) await new Promise(setImmediate);
    await new Promise(setImmediate);
  }
});
