import type { CallSid } from '../../../lambdas/shared/domain/sids.ts';
import type { Leg } from '../../../lambdas/shared/domain/task-record.ts';
import { withWorkerCalls, workerCallsAfter } from '../../../lambdas/shared/domain/worker-calls.ts';
import { sids } from '../../support/example-sids.ts';

const at = (time: string): Date => new Date(`2026-03-02T${time}Z`);

/** The legs with the calls that were seen in this order, as `WR` number to `CA` number. */
function owners(
  legs: readonly Leg[],
  seen: readonly (readonly [number, string])[],
): Readonly<Record<string, CallSid | undefined>> {
  const calls = seen.reduce(
    (sofar, [n, time]) => workerCallsAfter(sofar, sids.call(n), at(time)),
    workerCallsAfter([], undefined, at('00:00:00')),
  );
  return Object.fromEntries(withWorkerCalls(legs, calls).map((leg) => [leg.reservationSid, leg.workerCallSid]));
}

const first: Leg = { reservationSid: sids.reservation(1), acceptedAt: at('10:00:00') };
const second: Leg = { reservationSid: sids.reservation(2), acceptedAt: at('10:05:00') };

describe('the call of a leg’s agent', () => {
  it('is the one that appeared in its time, though the next acceptance and its own wrap-up show another’s', () => {
    const seen = [
      [11, '10:00:03'],
      [11, '10:05:00'],
      [12, '10:05:20'],
      [12, '10:06:00'],
    ] as const;

    for (const order of [seen, seen.toReversed()])
      expect(owners([first, second], order)).toEqual({
        [sids.reservation(1)]: sids.call(11),
        [sids.reservation(2)]: sids.call(12),
      });
  });

  it('is the first leg’s when it was there before anybody accepted', () => {
    expect(owners([first, second], [[11, '09:59:00']])).toEqual({
      [sids.reservation(1)]: sids.call(11),
      [sids.reservation(2)]: undefined,
    });
  });

  it('is the earlier leg’s when only the next acceptance shows it, and the next leg’s when the earlier has one', () => {
    expect(owners([first, second], [[11, '10:05:00']])[sids.reservation(1)]).toBe(sids.call(11));
    expect(
      owners(
        [first, second],
        [
          [11, '10:00:03'],
          [12, '10:05:00'],
        ],
      ),
    ).toEqual({
      [sids.reservation(1)]: sids.call(11),
      [sids.reservation(2)]: sids.call(12),
    });
  });

  it('stays the first one that its agent had', () => {
    expect(
      owners(
        [first],
        [
          [11, '10:00:03'],
          [13, '10:02:00'],
        ],
      ),
    ).toEqual({ [sids.reservation(1)]: sids.call(11) });
  });

  it('is nobody’s where it is not known when the legs were accepted', () => {
    const unknown = { reservationSid: sids.reservation(1) };

    expect(owners([unknown, { reservationSid: sids.reservation(2) }], [[11, '10:00:03']])).toEqual({
      [sids.reservation(1)]: undefined,
      [sids.reservation(2)]: undefined,
    });
    expect(owners([unknown], [[11, '10:00:03']])).toEqual({ [sids.reservation(1)]: sids.call(11) });
  });
});
