import fc from 'fast-check';
import { backoffSeconds } from '../../../lambdas/shared/runtime/backoff.ts';

const attempt = fc.record({
  receiveCount: fc.integer({ min: 1, max: 2000 }),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

describe('the wait before the next attempt, for any attempt and any random number', () => {
  it('is whole, at least one second and at most fifteen minutes when nothing was asked', () => {
    fc.assert(
      fc.property(attempt, (any) => {
        const seconds = backoffSeconds(any);

        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(1);
        expect(seconds).toBeLessThanOrEqual(900);
      }),
    );
  });

  it('is never sooner than Retry-After asked, as far as SQS can wait', () => {
    fc.assert(
      fc.property(attempt, fc.double({ min: 0, max: 39_600, noNaN: true }), (any, retryAfterSeconds) => {
        expect(backoffSeconds({ ...any, retryAfterSeconds })).toBeGreaterThanOrEqual(retryAfterSeconds);
      }),
    );
  });
});
