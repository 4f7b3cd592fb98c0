import { compareText } from './compare-text.ts';
import type { Leg, TaskRecord, Transfer } from './task-record.ts';

/** The moment in which an agent's talk was over, as TaskRouter told. */
export function talkEndedAt(leg: Leg): Date | undefined {
  return leg.wrapupAt ?? leg.completedAt;
}

/**
 * The last transfer that this agent began and that was not undone while they were there: one that failed after its agent
 * had left was still how they left.
 */
export function transferBy(leg: Leg, task: TaskRecord): Transfer | undefined {
  const leftAt = talkEndedAt(leg);
  const isUndone = ({ outcome, endedAt }: Transfer): boolean => {
    if (outcome !== 'failed' && outcome !== 'canceled') return false;
    return leftAt === undefined || endedAt === undefined || endedAt <= leftAt;
  };
  return lastBegun(
    task.transfers.filter((transfer) => transfer.fromReservationSid === leg.reservationSid && !isUndone(transfer)),
  );
}

/** The transfer by which this agent came to the call: the last that was begun before, if nobody came by it sooner. */
export function transferTo(leg: Leg, task: TaskRecord): Transfer | undefined {
  const last = lastBegun(task.transfers.filter((transfer) => canBring(transfer, leg)));
  return last !== undefined && legBroughtBy(last, task) === leg ? last : undefined;
}

/** The agent who came by this transfer: the first to accept after it was begun; undefined while nobody has. */
export function legBroughtBy(transfer: Transfer, task: TaskRecord): Leg | undefined {
  return task.legs
    .filter((leg) => canBring(transfer, leg))
    .reduce<Leg | undefined>(
      (first, leg) => (first !== undefined && acceptedMs(first) <= acceptedMs(leg) ? first : leg),
      undefined,
    );
}

function canBring(transfer: Transfer, leg: Leg): boolean {
  const { initiatedAt, fromReservationSid, toWorkerSid, outcome } = transfer;
  if (outcome === 'failed' || outcome === 'canceled' || leg.reservationSid === fromReservationSid) return false;
  if (initiatedAt === undefined || leg.acceptedAt === undefined || leg.acceptedAt < initiatedAt) return false;
  return toWorkerSid === undefined || toWorkerSid === leg.workerSid;
}

function acceptedMs(leg: Leg): number {
  return leg.acceptedAt?.getTime() ?? Infinity;
}

function lastBegun(transfers: readonly Transfer[]): Transfer | undefined {
  const begunMs = (transfer: Transfer): number => transfer.initiatedAt?.getTime() ?? -Infinity;
  return transfers.toSorted((a, b) => begunMs(a) - begunMs(b) || compareText(a.transferSid, b.transferSid)).at(-1);
}
