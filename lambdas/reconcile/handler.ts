import type { Ledger } from '../shared/ports/ledger.ts';
import type { QueueReader } from '../shared/ports/queue-reader.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import type { Archive } from '../shared/ports/archive.ts';
import { resendDue } from './resend-due.ts';
import { sweepQueue } from './sweep-queue.ts';

export interface ReconcileNeeds {
  readonly ledger: Ledger;
  readonly queues: WorkQueues;
  readonly archive: Pick<Archive, 'putParked'>;
  /** The dead-letter queues and the quarantine queue. */
  readonly putAside: readonly QueueReader[];
  readonly now: () => Date;
}

/** Enough left of a run to finish what is under way. */
const marginMs = 10_000;

/**
 * One run of reconcile: work whose time has come is sent again, and messages that were put aside days ago are moved
 * to S3, where they outlive their queues. A run that dies is repeated by the next one.
 */
export function reconcile(
  has: ReconcileNeeds,
): (context: { readonly startedAt: Date; readonly deadlineAt: Date }) => Promise<Readonly<Record<string, number>>> {
  return async ({ startedAt, deadlineAt }) => {
    const hasTime = (): boolean => has.now().getTime() < deadlineAt.getTime() - marginMs;
    const resent = await resendDue(has, startedAt, hasTime);
    // All at once: an empty queue is only believed after two waits of a second each.
    const moved = await Promise.all(has.putAside.map((queue) => sweepQueue(has.archive, queue, startedAt, hasTime)));
    return { ...resent, movedToParked: moved.reduce((sum, count) => sum + count, 0) };
  };
}
