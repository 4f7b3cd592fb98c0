import { startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('the local SQS without HTTP', () => {
  let test: TestAws;
  let arn: string;
  beforeEach(async () => {
    test = await startTestAws();
    arn = test.aws.sqs.createQueue({ name: 'work', attributes: { VisibilityTimeout: '60' } }).arn;
  });
  afterEach(() => test.close());

  it('receives records as a Lambda sees them', () => {
    const { messageId } = test.aws.sqs.send(arn, 'hello', {
      messageAttributes: { k: { dataType: 'String', stringValue: 'v' } },
    });
    const [record] = test.aws.sqs.receive(arn, 10);

    expect(record).toMatchObject({
      messageId,
      body: 'hello',
      // md5sum of "hello"
      md5OfBody: '5d41402abc4b2a76b9719d911017c592',
      attributes: { ApproximateReceiveCount: '1', SenderId: '123456789012' },
      messageAttributes: { k: { dataType: 'String', stringValue: 'v' } },
    });
  });

  it('tells a listener of everything that becomes visible: sent, delayed, timed out, given back', () => {
    const seen: string[] = [];
    const stop = test.aws.sqs.onVisible(arn, () => {
      seen.push(
        ...test.aws.sqs
          .receive(arn, 10, 30)
          .map(({ body, attributes }) => `${body}/${attributes['ApproximateReceiveCount']}`),
      );
    });
    test.aws.sqs.send(arn, 'sent');
    test.aws.sqs.send(arn, 'delayed', { delaySeconds: 10 });
    test.clock.advance(11_000);
    test.clock.advance(20_000);
    stop();
    test.clock.advance(60_000);
    test.aws.sqs.send(arn, 'after the end');

    expect(seen).toEqual(['sent/1', 'delayed/1', 'sent/2']);
  });

  it('shows messages without touching them', () => {
    test.aws.sqs.send(arn, 'a');
    test.aws.sqs.send(arn, 'b', { delaySeconds: 5 });
    test.aws.sqs.receive(arn, 1);

    expect(test.aws.sqs.messages(arn).map(({ body, state, receiveCount }) => [body, state, receiveCount])).toEqual([
      ['a', 'in-flight', 1],
      ['b', 'delayed', 0],
    ]);
  });

  it('deletes and hides by handle', () => {
    test.aws.sqs.send(arn, 'a');
    const [first] = test.aws.sqs.receive(arn, 1);
    test.aws.sqs.changeVisibility(arn, first?.receiptHandle ?? '', 0);
    const [again] = test.aws.sqs.receive(arn, 1);
    test.aws.sqs.delete(arn, again?.receiptHandle ?? '');

    expect(again?.body).toBe('a');
    expect(test.aws.sqs.messages(arn)).toEqual([]);
  });

  it('changes a queue that is created again, and keeps its messages', () => {
    test.aws.sqs.send(arn, 'kept');
    const again = test.aws.sqs.createQueue({ name: 'work', attributes: { DelaySeconds: '5' } });

    expect(again).toEqual({ arn, url: `${test.aws.url}/123456789012/work` });
    expect(test.aws.sqs.depth(arn).visible).toBe(1);
    test.aws.sqs.send(arn, 'later');
    expect(test.aws.sqs.depth(arn).delayed).toBe(1);
  });

  it('refuses a queue that does not exist', () => {
    expect(() => test.aws.sqs.send('arn:aws:sqs:eu-west-1:123456789012:nope', 'x')).toThrow('does not exist');
  });
});
