import {
  PermanentError,
  RetryableError,
  UnprovedSenderError,
  done,
  ignored,
} from '../../../lambdas/shared/domain/outcome.ts';
import { taskSid } from '../../../lambdas/shared/domain/sids.ts';
import { lazy } from '../../../lambdas/shared/runtime/lazy.ts';
import { queueWorker } from '../../../lambdas/shared/runtime/queue-worker.ts';
import type { WorkerParts } from '../../../lambdas/shared/runtime/queue-worker.ts';
import { memoryFates } from '../../support/runtime/memory-fates.ts';
import { sqsEvent, sqsRecord } from '../../support/runtime/sqs-records.ts';
import { keptLines, oneMinuteLeft, workerParts } from '../../support/runtime/worker-parts.ts';
import type { TestMessage } from '../../support/runtime/worker-parts.ts';

const worker = (parts: Partial<WorkerParts<TestMessage>>) => queueWorker(async () => workerParts(parts));
const task = taskSid('WT00000000000000000000000000000001');

describe('the queue worker', () => {
  it('acknowledges what is done or ignored', async () => {
    const handler = worker({ work: async (message) => (message.say === 'a' ? done : ignored('task-gone')) });

    const answer = await handler(
      sqsEvent(sqsRecord({ messageId: 'm-a', body: 'a' }), sqsRecord({ messageId: 'm-b', body: 'b' })),
      oneMinuteLeft,
    );

    expect(answer).toEqual({ batchItemFailures: [] });
  });

  it('hides each message for the time the function has left and ten seconds, before the work begins', async () => {
    const fates = memoryFates();
    const seenAtWork: unknown[] = [];
    const handler = worker({
      fates,
      work: async () => {
        seenAtWork.push(...fates.visibilities);
        return done;
      },
    });

    await handler(sqsEvent(sqsRecord({ messageId: 'm-1' })), { getRemainingTimeInMillis: () => 8_300 });

    expect(seenAtWork).toEqual([{ messageId: 'm-1', seconds: 19 }]);
  });

  it('works on the message even when SQS will not hide it, and says so in its line', async () => {
    const { lines, report } = keptLines();
    const handler = worker({ fates: memoryFates((call) => call === 'setVisibility'), report });

    expect(await handler(sqsEvent(sqsRecord()), oneMinuteLeft)).toEqual({ batchItemFailures: [] });
    expect(lines).toMatchObject([{ outcome: 'done', troubles: [{ name: 'RetryableError', reason: 'sqs-failed' }] }]);
  });

  it('keeps a message to be retried and sets its visibility to the backoff', async () => {
    const fates = memoryFates();
    const handler = worker({
      fates,
      work: async () => {
        throw new RetryableError('busy', { reason: 'twilio-5xx' });
      },
    });

    const answer = await handler(sqsEvent(sqsRecord({ messageId: 'm-1', receiveCount: 5 })), oneMinuteLeft);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(fates.visibilities.at(-1)).toEqual({ messageId: 'm-1', seconds: 8 });
  });

  it('parks the original body, unchanged, with the reason, and acknowledges it', async () => {
    const fates = memoryFates();
    const body = '{"v":1, "route" : "twilio/task-events"} trailing';
    const handler = worker({
      fates,
      read: () => {
        throw new PermanentError('the body is not JSON', { reason: 'unreadable-message' });
      },
    });

    const answer = await handler(sqsEvent(sqsRecord({ body })), oneMinuteLeft);

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(fates.parked.map(({ message }) => message.body)).toEqual([body]);
    expect(fates.parked.map(({ because }) => because)).toEqual([
      { functionName: 'enrich-task', reason: 'unreadable-message', message: 'the body is not JSON' },
    ]);
  });

  it('keeps a message that could not be parked', async () => {
    const fates = memoryFates((call) => call === 'park');
    const { lines, report } = keptLines();
    const handler = worker({
      fates,
      report,
      work: async () => {
        throw new PermanentError('too large', { reason: 'attributes-too-large' });
      },
    });

    const answer = await handler(sqsEvent(sqsRecord({ messageId: 'm-1', receiveCount: 3 })), oneMinuteLeft);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(fates.visibilities.at(-1)).toEqual({ messageId: 'm-1', seconds: 2 });
    expect(lines).toMatchObject([
      { outcome: 'retry', reason: 'park-failed:attributes-too-large', error: { reason: 'attributes-too-large' } },
    ]);
  });

  it('quarantines what is not proved, with its route, and acknowledges it', async () => {
    const fates = memoryFates();
    const handler = worker({
      fates,
      read: () => ({ route: 'twilio/task-events', requestId: 'r-1' }),
      work: async () => {
        throw new UnprovedSenderError('not proved', { reason: 'signature-mismatch' });
      },
    });

    const answer = await handler(sqsEvent(sqsRecord({ body: 'forged' })), oneMinuteLeft);

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(fates.quarantined).toMatchObject([
      { message: { body: 'forged' }, because: { reason: 'signature-mismatch', route: 'twilio/task-events' } },
    ]);
  });

  it('parks a fault of ours at the eighth receive without repeating what it choked on', async () => {
    const fates = memoryFates();
    const handler = worker({
      fates,
      work: async () => {
        JSON.parse('+15005550006 is calling');
        return done;
      },
    });

    await handler(sqsEvent(sqsRecord({ receiveCount: 8 })), oneMinuteLeft);

    expect(fates.parked).toMatchObject([{ because: { reason: 'unclassified', message: 'SyntaxError' } }]);
  });

  it('gives every message of a batch its own fate, side by side', async () => {
    const fates = memoryFates();
    const behaviours: Readonly<Record<string, () => Promise<typeof done>>> = {
      good: async () => done,
      busy: async () => {
        throw new RetryableError('busy', { reason: 'twilio-5xx' });
      },
      bad: async () => {
        throw new PermanentError('bad', { reason: 'bad' });
      },
    };
    const handler = worker({ fates, work: async ({ say = '' }) => behaviours[say]?.() ?? done });
    const records = ['busy', 'bad', 'good'].map((body) => sqsRecord({ messageId: `m-${body}`, body }));

    const answer = await handler(sqsEvent(...records), oneMinuteLeft);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-busy' }] });
    expect(fates.parked.map(({ message }) => message.messageId)).toEqual(['m-bad']);
  });

  it('does not let a slow message make its neighbour wait', async () => {
    const finished: string[] = [];
    const neighbourIsDone = Promise.withResolvers<void>();
    const handler = worker({
      work: async ({ say = '' }) => {
        if (say === 'slow') await neighbourIsDone.promise;
        finished.push(say);
        neighbourIsDone.resolve();
        return done;
      },
    });

    await handler(
      sqsEvent(sqsRecord({ messageId: 'm-1', body: 'slow' }), sqsRecord({ messageId: 'm-2', body: 'quick' })),
      oneMinuteLeft,
    );

    expect(finished).toEqual(['quick', 'slow']);
  });

  it('answers a batch of failures alone as it answers any other', async () => {
    const handler = worker({
      work: async () => {
        throw new RetryableError('busy', { reason: 'twilio-5xx' });
      },
    });

    const answer = await handler(
      sqsEvent(sqsRecord({ messageId: 'm-1' }), sqsRecord({ messageId: 'm-2' })),
      oneMinuteLeft,
    );

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }, { itemIdentifier: 'm-2' }] });
  });

  it('keeps the first ten remarks of the work in the message’s line', async () => {
    const { lines, report } = keptLines();
    const handler = worker({
      report,
      work: async (_message, { remark }) => {
        for (let n = 1; n <= 11; n += 1) remark({ what: 'rule-failed', of: `rule ${n}`, why: 'no number' });
        return done;
      },
    });

    await handler(sqsEvent(sqsRecord()), oneMinuteLeft);

    const [line] = lines;
    expect(line?.remarks?.map(({ of }) => of)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `rule ${n}`));
  });

  it('tells the work which message it is, and takes down the ids that the work notes', async () => {
    const { lines, report } = keptLines();
    const told: unknown[] = [];
    const handler = worker({
      report,
      read: () => ({ route: 'twilio/task-events', requestId: 'r-1' }),
      work: async (_message, { note, remark: _remark, ...context }) => {
        told.push(context);
        note({ taskSid: task });
        return ignored('task-gone');
      },
    });

    await handler(
      sqsEvent(sqsRecord({ messageId: 'm-1', receiveCount: 2, sentAt: new Date('2026-11-20T09:00:00Z') })),
      oneMinuteLeft,
    );

    expect(told).toEqual([{ messageId: 'm-1', receiveCount: 2, sentAt: new Date('2026-11-20T09:00:00Z') }]);
    expect(lines).toMatchObject([
      {
        messageId: 'm-1',
        correlationId: 'r-1',
        route: 'twilio/task-events',
        outcome: 'ignored',
        reason: 'task-gone',
        attempt: 2,
        waitedSeconds: 5,
        tookMs: 0,
        ids: { taskSid: task },
      },
    ]);
  });

  it('does not reject when the report fails; the message comes again', async () => {
    const handler = worker({
      report: {
        settled: () => {
          throw new Error('standard output is closed');
        },
      },
    });

    expect(await handler(sqsEvent(sqsRecord({ messageId: 'm-1' })), oneMinuteLeft)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm-1' }],
    });
  });

  it('leaves the whole batch on the queue when its parts cannot be built, and builds them at the next', async () => {
    let builds = 0;
    const handler = queueWorker(
      lazy(() => {
        builds += 1;
        if (builds === 1) throw new Error('no environment');
        return workerParts();
      }),
    );

    await expect(handler(sqsEvent(sqsRecord()), oneMinuteLeft)).rejects.toThrow('no environment');
    expect(await handler(sqsEvent(sqsRecord()), oneMinuteLeft)).toEqual({ batchItemFailures: [] });
  });
});
