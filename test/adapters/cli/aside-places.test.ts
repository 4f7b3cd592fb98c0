import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { parkedPlace } from '../../../cli/aws/parked-place.ts';
import { queuePlace } from '../../../cli/aws/queue-place.ts';
import type { AsideMessage } from '../../../cli/connection.ts';
import { parkedJson, parkedKey } from '../../../lambdas/shared/messages/parked-message.ts';
import { startTestAws } from '../../support/aws/start-test-aws.ts';
import type { TestAws } from '../../support/aws/start-test-aws.ts';

describe('places where messages were put aside', () => {
  let test: TestAws;
  beforeAll(async () => void (test = await startTestAws()));
  afterAll(() => test.close());

  function queueWith(name: string, bodies: readonly string[]) {
    const { arn, url } = test.aws.sqs.createQueue({ name });
    const text = (stringValue: string) => ({ dataType: 'String', stringValue });
    for (const body of bodies) {
      const messageAttributes = { FailureReason: text('twilio-429'), OriginalMessageId: text(`original of ${body}`) };
      test.aws.sqs.send(arn, body, body === 'killed' ? {} : { messageAttributes });
    }
    return { arn, place: queuePlace(name, test.sqs, url) };
  }

  const bodiesIn = (arn: string) => test.aws.sqs.messages(arn).map(({ body, state }) => `${body} ${state}`);

  it('shows each message of a queue once, removes those it is told to, and puts the others back in sight', async () => {
    const bodies = Array.from({ length: 23 }, (_, place) => `m${place}`);
    const { arn, place } = queueWith('many', bodies);
    const seen: string[] = [];

    await place.visitAll(async ({ body }) => {
      seen.push(body);
      return body === 'm7' ? 'leave' : 'remove';
    });

    expect(seen.sort()).toEqual([...bodies].sort());
    expect(bodiesIn(arn)).toEqual(['m7 visible']);
  });

  it('gives the reason that was written down, and says so when SQS moved the message without one', async () => {
    const { place } = queueWith('reasons', ['given-up', 'killed']);
    const seen: Omit<AsideMessage, 'messageId'>[] = [];

    await place.visitAll(async ({ messageId: _id, ...message }) => {
      seen.push(message);
      return 'leave';
    });

    expect(seen).toEqual([
      { body: 'given-up', reason: 'twilio-429', originalMessageId: 'original of given-up' },
      { body: 'killed', reason: 'killed-function' },
    ]);
  });

  it('waits for messages that somebody else has in hand for a moment', async () => {
    const { arn, place } = queueWith('in-hand', ['m1']);
    test.aws.sqs.receive(arn, 1, 3);
    const seen: string[] = [];

    await place.visitAll(async ({ body }) => {
      seen.push(body);
      return 'remove';
    });

    expect(seen).toEqual(['m1']);
  }, 20_000);

  it('finds what was parked in the archive under the queue’s name, and takes away what was sent on', async () => {
    test.aws.s3.createBucket({ name: 'archive' });
    const sentAt = new Date('2026-11-16T08:00:00Z');
    for (const [queueName, messageId] of [
      ['dead', 'm1'],
      ['dead', 'm2'],
      ['dead-too', 'm3'],
    ] as const) {
      const body = `{"body of":"${messageId}"}`;
      const message = {
        messageId,
        sentAt,
        body,
        receiptHandle: 'r',
        receiveCount: 1,
        attributes: { FailureReason: 'gave-up' },
      };
      await test.s3.send(
        new PutObjectCommand({
          Bucket: 'archive',
          Key: parkedKey(queueName, messageId),
          Body: parkedJson(queueName, message),
        }),
      );
    }
    const seen: AsideMessage[] = [];

    await parkedPlace('dead', test.s3, 'archive', 'dead').visitAll(async (message) => {
      seen.push(message);
      return message.messageId === 'm1' ? 'remove' : 'leave';
    });

    expect(seen).toEqual([
      { messageId: 'm1', body: '{"body of":"m1"}', reason: 'gave-up' },
      { messageId: 'm2', body: '{"body of":"m2"}', reason: 'gave-up' },
    ]);
    const left = await test.s3.send(new ListObjectsV2Command({ Bucket: 'archive' }));
    expect(left.Contents?.map(({ Key }) => Key)).toEqual(['parked/dead-too/m3.json', 'parked/dead/m2.json']);
  });
});
