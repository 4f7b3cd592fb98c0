import { compareText } from './compare-text.ts';
import { earlier } from './seconds-after.ts';
import type { TaskEvent } from './task-event.ts';
import type { Transfer } from './task-record.ts';

type Outcome = NonNullable<Transfer['outcome']>;

/** A completed transfer is never undone by a message that says otherwise; of the others, the first to be heard stays. */
const outcomeRank: Readonly<Record<Outcome, number>> = { completed: 2, failed: 1, canceled: 1 };

/** The transfers after one more event, whatever the order: a failed attempt leaves its transfer open. */
export function transfersAfter(transfers: readonly Transfer[], event: TaskEvent): readonly Transfer[] {
  if (event.transfer === undefined) return transfers;
  const { transferSid, ...parties } = event.transfer;
  const before = transfers.find((transfer) => transfer.transferSid === transferSid) ?? { transferSid };
  const named = { ...parties, ...before };
  const outcome = outcomeOf(event);
  const after: Transfer = {
    ...named,
    ...(event.eventType === 'task.transfer-initiated' && { initiatedAt: earlier(named.initiatedAt, event.occurredAt) }),
    ...(outcome !== undefined && endedBy(named, outcome, event.occurredAt)),
  };
  const others = transfers.filter((transfer) => transfer.transferSid !== transferSid);
  return [...others, after].sort((a, b) => compareText(a.transferSid, b.transferSid));
}

function endedBy(transfer: Transfer, outcome: Outcome, at: Date): Pick<Transfer, 'outcome' | 'endedAt'> {
  const before = transfer.outcome;
  if (before === undefined || outcomeRank[outcome] > outcomeRank[before]) return { outcome, endedAt: at };
  const isSameRank = outcomeRank[outcome] === outcomeRank[before];
  const isEarlier = isSameRank && at < (transfer.endedAt ?? at);
  return isEarlier ? { outcome, endedAt: at } : {};
}

function outcomeOf({ eventType }: TaskEvent): Outcome | undefined {
  switch (eventType) {
    case 'task.transfer-completed':
      return 'completed';
    case 'task.transfer-failed':
      return 'failed';
    case 'task.transfer-canceled':
      return 'canceled';
    default:
      return undefined;
  }
}
