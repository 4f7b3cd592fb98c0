import { compareText } from './compare-text.ts';
import { earlier } from './seconds-after.ts';
import type { CallSid, ReservationSid } from './sids.ts';
import type { Leg, WorkerCall } from './task-record.ts';

/** The agents' calls after one more event named one, each with the earliest time it was seen at. */
export function workerCallsAfter(
  calls: readonly WorkerCall[],
  callSid: CallSid | undefined,
  seenAt: Date,
): readonly WorkerCall[] {
  if (callSid === undefined) return calls;
  const before = calls.find((call) => call.callSid === callSid);
  const others = calls.filter((call) => call.callSid !== callSid);
  const after = { callSid, firstSeenAt: earlier(before?.firstSeenAt, seenAt) };
  return [...others, after].sort((a, b) => compareText(a.callSid, b.callSid));
}

/**
 * The legs with the call of each one's agent: the first that appeared after the leg was accepted and before the next
 * one was. A call that was there before any was accepted is the first leg's.
 *
 * The attributes name one agent's call, whoever's turn it is: the acceptance of a second leg mostly still shows the
 * first agent's, and the first leg's wrap-up the second's. So it is the time of a call's first appearance that tells,
 * and a call belongs to one leg only. No leg is given a call where its time of acceptance is not known, but the only one.
 */
export function withWorkerCalls(legs: readonly Leg[], calls: readonly WorkerCall[]): readonly Leg[] {
  const accepted = legs.length === 1 ? legs : inOrderOfAcceptance(legs);
  const inTime = [...calls].sort(
    (a, b) => a.firstSeenAt.getTime() - b.firstSeenAt.getTime() || compareText(a.callSid, b.callSid),
  );
  const owned = new Map<ReservationSid, CallSid>();
  for (const call of inTime) {
    const owner = ownerOf(call, accepted, owned);
    if (owner !== undefined && !owned.has(owner.reservationSid)) owned.set(owner.reservationSid, call.callSid);
  }
  return legs.map(({ workerCallSid: _before, ...leg }) => {
    const workerCallSid = owned.get(leg.reservationSid);
    return workerCallSid === undefined ? leg : { ...leg, workerCallSid };
  });
}

function inOrderOfAcceptance(legs: readonly Leg[]): readonly Leg[] {
  return legs
    .flatMap((leg) => (leg.acceptedAt === undefined ? [] : [{ leg, at: leg.acceptedAt.getTime() }]))
    .sort((a, b) => a.at - b.at || compareText(a.leg.reservationSid, b.leg.reservationSid))
    .map(({ leg }) => leg);
}

/**
 * The last leg that was accepted by then. What an acceptance itself shows for the first time is the leg's before it, as
 * long as that one has no call.
 */
function ownerOf(
  { firstSeenAt }: WorkerCall,
  accepted: readonly Leg[],
  owned: ReadonlyMap<ReservationSid, CallSid>,
): Leg | undefined {
  const byThen = accepted.filter(({ acceptedAt }) => acceptedAt !== undefined && acceptedAt <= firstSeenAt);
  const last = byThen.at(-1) ?? accepted[0];
  const previous = byThen.at(-2);
  const isSeenWithIt = last?.acceptedAt?.getTime() === firstSeenAt.getTime();
  return isSeenWithIt && previous !== undefined && !owned.has(previous.reservationSid) ? previous : last;
}
