import { backoffSeconds } from '../../../lambdas/shared/runtime/backoff.ts';

const almostOne = 0.999999;

describe('the wait before the next attempt', () => {
  it('has a ceiling of 1, 2, 4, 8 seconds and so on, up to 15 minutes', () => {
    const ceilings = [1, 2, 3, 4, 10, 11, 119].map((receiveCount) =>
      backoffSeconds({ receiveCount, random: almostOne }),
    );

    expect(ceilings).toEqual([1, 2, 4, 8, 512, 900, 900]);
  });

  it('is spread over everything under the ceiling', () => {
    expect(backoffSeconds({ receiveCount: 11, random: 0.5 })).toBe(450);
    expect(backoffSeconds({ receiveCount: 11, random: 0.01 })).toBe(9);
  });

  it('is never under a second', () => {
    expect(backoffSeconds({ receiveCount: 1, random: 0 })).toBe(1);
    expect(backoffSeconds({ receiveCount: 11, random: 0 })).toBe(1);
  });

  it('is never sooner than Retry-After asked, rounded up, even past the 15 minutes', () => {
    expect(backoffSeconds({ receiveCount: 1, random: almostOne, retryAfterSeconds: 29.2 })).toBe(30);
    expect(backoffSeconds({ receiveCount: 1, random: 0, retryAfterSeconds: 3600 })).toBe(3600);
  });

  it('may be longer than Retry-After asked', () => {
    expect(backoffSeconds({ receiveCount: 11, random: almostOne, retryAfterSeconds: 2 })).toBe(900);
  });

  it('is at most the 11 hours that SQS can still hide a message', () => {
    expect(backoffSeconds({ receiveCount: 1, random: 0, retryAfterSeconds: 86_400 })).toBe(39_600);
  });

  it('takes a Retry-After that is no number for none', () => {
    expect(backoffSeconds({ receiveCount: 3, random: almostOne, retryAfterSeconds: NaN })).toBe(4);
  });
});
