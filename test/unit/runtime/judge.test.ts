import {
  PermanentError,
  RetryableError,
  UnprovedSenderError,
  done,
  ignored,
} from '../../../lambdas/shared/domain/outcome.ts';
import { recordingSid } from '../../../lambdas/shared/domain/sids.ts';
import { judge, judgeStranded } from '../../../lambdas/shared/runtime/judge.ts';

const firstTime = { receiveCount: 1, random: 0.5 };
const threw = (error: unknown) => ({ kind: 'threw', error }) as const;

describe('the judge', () => {
  it('lets what was done or rightly ignored go', () => {
    expect(judge({ kind: 'returned', outcome: done }, firstTime)).toEqual({ kind: 'done' });
    expect(judge({ kind: 'returned', outcome: ignored('task-gone') }, firstTime)).toEqual({
      kind: 'ignored',
      reason: 'task-gone',
    });
  });

  it('lets work that succeeded at the 120th receive go as well', () => {
    expect(judge({ kind: 'returned', outcome: done }, { receiveCount: 120, random: 0.5 })).toEqual({ kind: 'done' });
  });

  it('retries what the world was not ready for, with backoff', () => {
    expect(
      judge(threw(new RetryableError('busy', { reason: 'twilio-5xx' })), { receiveCount: 4, random: 0.5 }),
    ).toEqual({
      kind: 'retry',
      reason: 'twilio-5xx',
      afterSeconds: 4,
    });
  });

  it('waits as long as Retry-After asked', () => {
    const error = new RetryableError('slow down', { reason: 'twilio-429', retryAfterSeconds: 40 });

    expect(judge(threw(error), firstTime)).toEqual({ kind: 'retry', reason: 'twilio-429', afterSeconds: 40 });
  });

  it('parks at once what no retry can cure', () => {
    expect(judge(threw(new PermanentError('no JSON', { reason: 'unreadable-message' })), firstTime)).toEqual({
      kind: 'park',
      reason: 'unreadable-message',
    });
  });

  it('parks a message that carries something else where a SID should be', () => {
    const ending = threw(thrownBy(() => recordingSid('CA00000000000000000000000000000000')));

    expect(judge(ending, firstTime)).toEqual({ kind: 'park', reason: 'invalid-sid' });
  });

  it('quarantines what is not proved', () => {
    const error = new UnprovedSenderError('not proved', { reason: 'signature-mismatch' });

    expect(judge(threw(error), firstTime)).toEqual({ kind: 'quarantine', reason: 'signature-mismatch' });
  });

  it.each([
    ['a TypeError', new TypeError('x is undefined')],
    ['a plain Error', new Error('oh')],
    ['a thrown text', 'oh'],
    ['a thrown undefined', undefined],
  ])('retries %s, which is a fault of ours, seven times and parks it at the eighth receive', (_name, error) => {
    expect(judge(threw(error), { receiveCount: 1, random: 0.5 })).toEqual({
      kind: 'retry',
      reason: 'unclassified',
      afterSeconds: 1,
    });
    expect(judge(threw(error), { receiveCount: 7, random: 0.5 })).toEqual({
      kind: 'retry',
      reason: 'unclassified',
      afterSeconds: 32,
    });
    expect(judge(threw(error), { receiveCount: 8, random: 0.5 })).toEqual({ kind: 'park', reason: 'unclassified' });
  });

  it('retries what is classified up to the 119th receive and parks it with its reason at the 120th', () => {
    const ending = threw(new RetryableError('busy', { reason: 'twilio-5xx' }));

    expect(judge(ending, { receiveCount: 119, random: 0.5 })).toEqual({
      kind: 'retry',
      reason: 'twilio-5xx',
      afterSeconds: 450,
    });
    expect(judge(ending, { receiveCount: 120, random: 0.5 })).toEqual({ kind: 'park', reason: 'gave-up:twilio-5xx' });
  });
});

describe('the judge of what could not be put aside', () => {
  it('keeps it on its queue, however often it was received', () => {
    expect(judgeStranded({ kind: 'park', reason: 'gave-up:twilio-5xx' }, { receiveCount: 121, random: 0.5 })).toEqual({
      kind: 'retry',
      reason: 'park-failed:gave-up:twilio-5xx',
      afterSeconds: 450,
    });
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
