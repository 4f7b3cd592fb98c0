import fc from 'fast-check';
import {
  PermanentError,
  RetryableError,
  UnprovedSenderError,
  done,
  ignored,
} from '../../../lambdas/shared/domain/outcome.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import { InvalidSidError } from '../../../lambdas/shared/domain/sids.ts';
import { queueWorker } from '../../../lambdas/shared/runtime/queue-worker.ts';
import { memoryFates } from '../../support/runtime/memory-fates.ts';
import type { FateCall } from '../../support/runtime/memory-fates.ts';
import { sqsEvent, sqsRecord } from '../../support/runtime/sqs-records.ts';
import { keptLines, workerParts } from '../../support/runtime/worker-parts.ts';

type Ends =
  | 'done'
  | 'ignored'
  | 'retryable'
  | 'permanent'
  | 'unproved'
  | 'invalid-sid'
  | 'type-error'
  | 'thrown-text'
  | 'thrown-nothing';

interface Delivery {
  readonly ends: Ends;
  /** Whether it fails while it is read or while it is worked on. */
  readonly inReading: boolean;
  readonly receiveCount: number;
  readonly retryAfterSeconds: number | undefined;
  readonly refused: readonly FateCall[];
}

const delivery: fc.Arbitrary<Delivery> = fc.record({
  ends: fc.constantFrom<Ends>(
    'done',
    'ignored',
    'retryable',
    'permanent',
    'unproved',
    'invalid-sid',
    'type-error',
    'thrown-text',
    'thrown-nothing',
  ),
  inReading: fc.boolean(),
  receiveCount: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 115, max: 125 })),
  retryAfterSeconds: fc.option(fc.double({ min: 0, max: 1e6 }), { nil: undefined }),
  refused: fc.uniqueArray(fc.constantFrom<FateCall>('park', 'quarantine', 'setVisibility')),
});

function end({ ends, retryAfterSeconds }: Delivery): Outcome {
  switch (ends) {
    case 'done':
      return done;
    case 'ignored':
      return ignored('task-gone');
    case 'retryable':
      throw new RetryableError('busy', { reason: 'busy', retryAfterSeconds });
    case 'permanent':
      throw new PermanentError('bad', { reason: 'bad' });
    case 'unproved':
      throw new UnprovedSenderError('forged', { reason: 'signature-mismatch' });
    case 'invalid-sid':
      throw new InvalidSidError('RE', 'x');
    case 'type-error':
      throw new TypeError('a fault of ours');
    case 'thrown-text':
      throw 'a text'; // eslint-disable-line @typescript-eslint/only-throw-error -- what must not be thrown may be thrown all the same
    case 'thrown-nothing':
      throw undefined; // eslint-disable-line @typescript-eslint/only-throw-error -- the same
  }
}

async function deliver(deliveries: readonly Delivery[], random: number, remainingMs: number) {
  const of = (id: string): Delivery => {
    const found = deliveries[Number(id)];
    if (found === undefined) throw new RangeError(`there is no delivery ${id}`);
    return found;
  };
  const fates = memoryFates((call, messageId) => of(messageId).refused.includes(call));
  const { lines, report } = keptLines();
  const handler = queueWorker(async () =>
    workerParts({
      fates,
      report,
      random: () => random,
      read: (body) => {
        if (of(body).inReading) end(of(body));
        return { route: 'internal/test', say: body };
      },
      work: async (message) => end(of(message.say ?? '')),
    }),
  );
  const records = deliveries.map(({ receiveCount }, index) =>
    sqsRecord({ messageId: `${index}`, body: `${index}`, receiveCount }),
  );

  const answer = await handler(sqsEvent(...records), { getRemainingTimeInMillis: () => remainingMs });

  return {
    fates,
    lines,
    kept: answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    ids: records.map(({ messageId }) => messageId),
  };
}

const anyBatch = [
  fc.array(delivery, { maxLength: 12 }),
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  fc.integer({ min: -1000, max: 900_000 }),
] as const;

describe('whatever happens to the messages of a batch', () => {
  it('done + ignored + kept + parked + quarantined = received, and each message has one fate', async () => {
    await fc.assert(
      fc.asyncProperty(...anyBatch, async (deliveries, random, remainingMs) => {
        const { fates, lines, kept, ids } = await deliver(deliveries, random, remainingMs);

        const ended = lines
          .filter(({ outcome }) => outcome === 'done' || outcome === 'ignored')
          .map(({ messageId }) => messageId);
        const elsewhere = [...fates.parked, ...fates.quarantined].map(({ message }) => message.messageId);
        expect([...ended, ...kept, ...elsewhere].toSorted()).toEqual(ids.toSorted());
        expect(lines.map(({ messageId }) => messageId).toSorted()).toEqual(ids.toSorted());
      }),
    );
  });

  it('acknowledges nothing but what ended well or lies, whole, on another queue', async () => {
    await fc.assert(
      fc.asyncProperty(...anyBatch, async (deliveries, random, remainingMs) => {
        const { fates, kept, ids } = await deliver(deliveries, random, remainingMs);

        const acknowledged = ids.filter((id) => !kept.includes(id));
        const elsewhere = new Map(
          [...fates.parked, ...fates.quarantined].map(({ message }) => [message.messageId, message.body]),
        );
        for (const id of acknowledged) {
          const { ends } = deliveries[Number(id)] ?? {};
          expect(ends === 'done' || ends === 'ignored' || elsewhere.get(id) === id).toBe(true);
        }
      }),
    );
  });

  it('hides a kept message for at least a second and at most eleven hours', async () => {
    await fc.assert(
      fc.asyncProperty(...anyBatch, async (deliveries, random, remainingMs) => {
        const { fates } = await deliver(deliveries, random, remainingMs);

        for (const { seconds } of fates.visibilities) {
          expect(Number.isInteger(seconds)).toBe(true);
          expect(seconds).toBeGreaterThanOrEqual(1);
          expect(seconds).toBeLessThanOrEqual(39_600);
        }
      }),
    );
  });
});
