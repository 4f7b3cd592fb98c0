import { GetObjectCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Fault } from '../../../local/aws/aws-call.ts';
import { startClock } from '../../../local/clock.ts';
import { bucket, makeBucket, put, readText } from '../../support/aws/put-text.ts';
import { makeQueue, sendText } from '../../support/aws/queues.ts';
import { refusal, startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('faults put into the local AWS', () => {
  let test: TestAws;
  let next: Fault | undefined;
  beforeEach(async () => {
    next = undefined;
    test = await startTestAws({
      onCall: ({ action }) => {
        const fault = /PutObject|SendMessage|GetObject/.test(action) ? next : undefined;
        if (fault !== undefined) next = undefined;
        return fault;
      },
    });
    await makeBucket(test.s3);
  });
  afterEach(() => test.close());

  it('answer with an error instead of doing the work', async () => {
    next = { kind: 'error', status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' };

    expect(await refusal(put(test.s3, 'k', 'x'))).toMatchObject({ name: 'SlowDown', status: 503 });
    expect(test.aws.s3.objects(bucket)).toEqual([]);
  });

  it('answer with an error to a body that has not come yet', async () => {
    next = { kind: 'error', status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' };
    const body = Buffer.alloc(8 * 1024 * 1024, 'x');

    expect(await refusal(put(test.s3, 'k', body))).toMatchObject({ name: 'SlowDown', status: 503 });
    await put(test.s3, 'k', body);
    expect(test.aws.s3.objects(bucket).map(({ sizeBytes }) => sizeBytes)).toEqual([body.length]);
  });

  it('answer SQS calls in its own shape', async () => {
    const url = await makeQueue(test.sqs, 'work');
    next = { kind: 'error', status: 400, code: 'ThrottlingException', message: 'Rate exceeded' };

    expect(await refusal(sendText(test.sqs, url, 'x'))).toMatchObject({ name: 'ThrottlingException', status: 400 });
  });

  it('lose the answer of work that was done', async () => {
    next = { kind: 'lost-answer' };
    const refused = await refusal(put(test.s3, 'k', 'done all the same'));

    expect(refused.status).toBeUndefined();
    expect(await readText(test.s3, 'k')).toBe('done all the same');
  });

  it('lose the answer of a read without keeping its file open', async () => {
    await put(test.s3, 'k', 'x'.repeat(500_000));
    next = { kind: 'lost-answer' };

    expect((await refusal(test.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'k' })))).status).toBeUndefined();
  });

  it.each(['before', 'after'] as const)('interrupt %s the work', async (when) => {
    const seen: number[] = [];
    next = { kind: 'interrupt', when, run: () => void seen.push(test.aws.s3.objects(bucket).length) };
    const refused = await refusal(put(test.s3, 'k', 'x'));

    expect(refused.status).toBeUndefined();
    expect(seen).toEqual([when === 'before' ? 0 : 1]);
    expect(test.aws.s3.objects(bucket)).toHaveLength(when === 'before' ? 0 : 1);
  });
});

describe('the clock of the local AWS', () => {
  it('dates every answer, refusals too', async () => {
    const test = await startTestAws();
    test.advance(7 * 86_400);
    const answers = [
      await test.send('/any/thing'),
      await test.send('/', { method: 'POST', headers: { 'x-amz-target': 'AmazonSQS.X' } }),
    ];

    for (const answer of answers) {
      expect(answer.status).toBe(403);
      expect(Math.abs(Date.parse(answer.headers.get('date') ?? '') - test.clock.now())).toBeLessThan(60_000);
    }
    await test.close();
  });

  it('is held while a request is served, and let go while one waits for messages', async () => {
    const held: string[] = [];
    const clock = startClock({ jumps: false });
    let busy = 0;
    const watched = {
      ...clock,
      busy: () => {
        busy += 1;
        const release = clock.busy();
        return () => {
          busy -= 1;
          release();
        };
      },
    };
    const test = await startTestAws({ clock: watched, onCall: ({ action }) => void held.push(`${action} ${busy}`) });
    const url = await makeQueue(test.sqs, 'polled');
    const polled = test.sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }));
    while (held.length < 2) await new Promise(setImmediate);
    await new Promise(setImmediate);
    const whileWaiting = busy;
    test.advance(20);
    await polled;

    expect(held).toEqual(['sqs:CreateQueue 1', 'sqs:ReceiveMessage 1']);
    expect(whileWaiting).toBe(0);
    await test.close();
    expect(busy).toBe(0);
  });
});
