import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { attributesOf, makeQueue, receive, receiveOne, sendText } from '../../support/aws/queues.ts';
import { refusal, startTestAws, testAccountId, testRegion, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('queues of the local SQS', () => {
  let test: TestAws;
  beforeEach(async () => void (test = await startTestAws()));
  afterEach(() => test.close());

  it('are found by name, and have a URL on this machine and an ARN of this account', async () => {
    const url = await makeQueue(test.sqs, 'enrich-task', { VisibilityTimeout: '30' });
    const found = await test.sqs.send(new GetQueueUrlCommand({ QueueName: 'enrich-task' }));

    expect(found.QueueUrl).toBe(url);
    expect(url).toBe(`${test.aws.url}/${testAccountId}/enrich-task`);
    expect(await attributesOf(test.sqs, url)).toMatchObject({
      QueueArn: `arn:aws:sqs:${testRegion}:${testAccountId}:enrich-task`,
      VisibilityTimeout: '30',
      MessageRetentionPeriod: '345600',
      MaximumMessageSize: '1048576',
    });
  });

  it('are the same when created twice alike, refused when created otherwise', async () => {
    const url = await makeQueue(test.sqs, 'twice', { VisibilityTimeout: '30' });

    expect(await makeQueue(test.sqs, 'twice', { VisibilityTimeout: '30' })).toBe(url);
    expect(await refusal(makeQueue(test.sqs, 'twice', { VisibilityTimeout: '31' }))).toMatchObject({
      name: 'QueueNameExists',
    });
  });

  it.each<[Record<string, string>, string]>([
    [{ VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
    [{ MessageRetentionPeriod: '59' }, 'InvalidAttributeValue'],
    [{ RedrivePolicy: '{"maxReceiveCount":3}' }, 'InvalidAttributeValue'],
    [{ VisibilityTimeOut: '30' }, 'InvalidAttributeName'],
  ])('refuse the attributes %j', async (attributes, name) => {
    expect((await refusal(makeQueue(test.sqs, 'q', attributes))).name).toBe(name);
  });

  it('can be listed, changed, tagged and deleted', async () => {
    const url = await makeQueue(test.sqs, 'main-a');
    await makeQueue(test.sqs, 'other');
    await test.sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: '7' } }));
    await test.sqs.send(new TagQueueCommand({ QueueUrl: url, Tags: { stage: 'dev', team: 'x' } }));
    await test.sqs.send(new UntagQueueCommand({ QueueUrl: url, TagKeys: ['team'] }));

    expect((await test.sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'main' }))).QueueUrls).toEqual([url]);
    expect((await attributesOf(test.sqs, url))['VisibilityTimeout']).toBe('7');
    expect((await test.sqs.send(new ListQueueTagsCommand({ QueueUrl: url }))).Tags).toEqual({ stage: 'dev' });

    await test.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    expect(await refusal(attributesOf(test.sqs, url))).toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('keep order within a group, and hold the group while one of it is in flight', async () => {
    const url = await makeQueue(test.sqs, 'ordered.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    for (const body of ['a1', 'a2', 'a2', 'a3']) await sendText(test.sqs, url, body, { MessageGroupId: 'a' });
    await sendText(test.sqs, url, 'b1', { MessageGroupId: 'b' });
    const bodies = async (max: number) =>
      (await receive(test.sqs, url, { MaxNumberOfMessages: max })).map(({ Body }) => Body);

    expect(await bodies(1)).toEqual(['a1']);
    expect(await bodies(10)).toEqual(['b1']);
    test.advance(31);
    expect(await bodies(10)).toEqual(['a1', 'a2', 'a3', 'b1']);
  });

  it('forget a deduplication id after five minutes', async () => {
    const url = await makeQueue(test.sqs, 'dedup.fifo', { FifoQueue: 'true' });
    const send = () => sendText(test.sqs, url, 'same', { MessageGroupId: 'g', MessageDeduplicationId: 'd' });
    const [first, second] = [await send(), await send()];
    test.advance(301);
    const third = await send();

    expect(second.MessageId).toBe(first.MessageId);
    expect(third.MessageId).not.toBe(first.MessageId);
  });
});

describe('dead letters of the local SQS', () => {
  let test: TestAws;
  let deadLetters: string;
  let deadLettersArn: string;
  let source: string;
  beforeEach(async () => {
    test = await startTestAws();
    deadLetters = await makeQueue(test.sqs, 'work-dead-letters');
    deadLettersArn = (await attributesOf(test.sqs, deadLetters))['QueueArn'] ?? '';
    const redrive = JSON.stringify({ deadLetterTargetArn: deadLettersArn, maxReceiveCount: 2 });
    source = await makeQueue(test.sqs, 'work', { VisibilityTimeout: '1', RedrivePolicy: redrive });
  });
  afterEach(() => test.close());

  const wearOut = async (): Promise<void> => {
    for (let times = 0; times < 3; times += 1) {
      await receive(test.sqs, source);
      test.advance(2);
    }
  };

  it('are moved when a receive finds the count reached, unchanged and with the name of their source', async () => {
    const attribute = { k: { DataType: 'String', StringValue: 'v' } };
    const sent = await sendText(test.sqs, source, 'poison', { MessageAttributes: attribute });
    await wearOut();
    const dead = await receiveOne(test.sqs, deadLetters);

    expect([dead.MessageId, dead.Body, dead.MessageAttributes]).toEqual([sent.MessageId, 'poison', attribute]);
    expect(dead.Attributes?.['DeadLetterQueueSourceArn']).toMatch(/:work$/);
    // Received twice from the source and once here: the count is of all queues.
    expect(dead.Attributes?.['ApproximateReceiveCount']).toBe('3');
  });

  it('lie still until somebody receives', async () => {
    await sendText(test.sqs, source, 'poison');
    await receive(test.sqs, source);
    test.advance(2);
    await receive(test.sqs, source);
    test.advance(1000);

    expect((await attributesOf(test.sqs, deadLetters))['ApproximateNumberOfMessages']).toBe('0');
  });

  it('go back to their source with a fresh life', async () => {
    const sent = await sendText(test.sqs, source, 'poison');
    await wearOut();
    await test.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: deadLettersArn }));
    const { Results } = await test.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: deadLettersArn }));
    const back = await receiveOne(test.sqs, source);

    expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
    expect(back.Body).toBe('poison');
    expect(back.MessageId).not.toBe(sent.MessageId);
    expect(back.Attributes?.['ApproximateReceiveCount']).toBe('1');
  });

  it('go back as many a second as was asked', async () => {
    for (const body of ['1', '2', '3']) await sendText(test.sqs, deadLetters, body);
    const { QueueUrl: elsewhere = '' } = await test.sqs.send(new CreateQueueCommand({ QueueName: 'elsewhere' }));
    const target = (await attributesOf(test.sqs, elsewhere))['QueueArn'] ?? '';
    await test.sqs.send(
      new StartMessageMoveTaskCommand({
        SourceArn: deadLettersArn,
        DestinationArn: target,
        MaxNumberOfMessagesPerSecond: 2,
      }),
    );
    const atOnce = test.aws.sqs.depth(target).visible;
    test.advance(1);

    expect([atOnce, test.aws.sqs.depth(target).visible]).toEqual([2, 3]);
  });

  it('say whose they are, and only a dead-letter queue is redriven', async () => {
    const { queueUrls } = await test.sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadLetters }));
    const sourceArn = (await attributesOf(test.sqs, source))['QueueArn'];

    expect(queueUrls).toEqual([source]);
    const moving = test.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: sourceArn }));
    expect(await refusal(moving)).toMatchObject({ name: 'InvalidParameterValue' });
  });
});
