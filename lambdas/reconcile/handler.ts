import type { RecordingList } from '../shared/ports/recording-list.ts';
import type { QueueReader } from '../shared/ports/queue-reader.ts';
import type { Archive } from '../shared/ports/archive.ts';
import { askForDays, compareDays } from './compare-days.ts';
import type { CompareDaysNeeds } from './compare-days.ts';
import { resendDue } from './resend-due.ts';
import { sweepQueue } from './sweep-queue.ts';
import { sweepTwilio } from './sweep-twilio.ts';
import type { Swept } from './sweep-twilio.ts';
import { wantedRun } from '../shared/messages/wanted-run.ts';

export interface ReconcileNeeds extends CompareDaysNeeds {
  readonly archive: Pick<Archive, 'putParked'>;
  readonly recordingList: RecordingList;
  /** The dead-letter queues and the quarantine queue. */
  readonly putAside: readonly QueueReader[];
}

/** Enough left of a run to finish what is under way. */
const marginMs = 10_000;

interface RunTimes {
  readonly startedAt: Date;
  readonly deadlineAt: Date;
}

/**
 * One run of reconcile: work whose time has come is sent again, messages that were put aside days ago are moved to S3,
 * where they outlive their queues, Twilio's recordings are looked through for what nobody told us of, and days that wait
 * for it are compared whole. Twilio comes last: while it is away, the rest is done. A run that dies is repeated by the
 * next one.
 */
export function reconcile(
  has: ReconcileNeeds,
): (times: RunTimes, event?: unknown) => Promise<Readonly<Record<string, number>>> {
  return async (times, event) => {
    const hasTimeFor = (ms: number): boolean => has.now().getTime() < times.deadlineAt.getTime() - ms;
    const wanted = wantedRun(event, times.startedAt);
    if (wanted.kind === 'daily') await askForDays(has, wanted.days);
    const counts = wanted.kind === 'daily' ? {} : await regularRun(has, times, hasTimeFor);
    return { ...counts, ...(await compareDays(has, times.deadlineAt, hasTimeFor)) };
  };
}

async function regularRun(
  has: ReconcileNeeds,
  { startedAt }: RunTimes,
  hasTimeFor: (ms: number) => boolean,
): Promise<Readonly<Record<string, number>>> {
  const hasTime = (): boolean => hasTimeFor(marginMs);
  const resent = await resendDue(has, startedAt, hasTime);
  // All at once: an empty queue is only believed after two waits of a second each.
  const moved = await Promise.all(has.putAside.map((queue) => sweepQueue(has.archive, queue, startedAt, hasTime)));
  const swept: Swept = await sweepTwilio(has, startedAt, hasTimeFor, resent.recordings);
  return { ...resent.counts, movedToParked: moved.reduce((sum, count) => sum + count, 0), ...swept };
}
