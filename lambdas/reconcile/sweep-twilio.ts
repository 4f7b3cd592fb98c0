import { isCopyOwed } from '../shared/domain/reconcile/owed-copy.ts';
import { nextWindow, withPageSwept } from '../shared/domain/reconcile/sweep-control.ts';
import type { AccountSid, RecordingSid } from '../shared/domain/sids.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { RecordingList } from '../shared/ports/recording-list.ts';
import type { RecordingResource } from '../shared/ports/recordings.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import { changeSweepControl, readSweepControl } from './change-sweep-control.ts';
import type { SweepControlNeeds } from './change-sweep-control.ts';
import { someAtOnce } from './some-at-once.ts';

export interface SweepNeeds extends SweepControlNeeds {
  readonly ledger: Pick<Ledger, 'readRecording'>;
  readonly queues: WorkQueues;
  readonly recordingList: RecordingList;
  readonly accountSid: AccountSid;
}

/** A page of a thousand at Twilio, its reads, and as many messages. */
const pageTakesMs = 60_000;

export interface Swept {
  /** How many recordings of Twilio's were looked at. */
  readonly sweptRecordings: number;
  /** How many of them went to archive-recording. */
  readonly recordingsFound: number;
}

/**
 * Sends every recording of Twilio's that nobody told us of to archive-recording, and every one whose time has passed:
 * all that were made since the last sweep, and a little before.
 *
 * Deleted ones are listed along, so that none moves to another page when one is deleted meanwhile. The cursor follows
 * page by page: a run that ends early, or dies, is gone on with by the next one. `alreadySent` went in this run.
 */
export async function sweepTwilio(
  has: SweepNeeds,
  startedAt: Date,
  hasTimeFor: (ms: number) => boolean,
  alreadySent: ReadonlySet<RecordingSid>,
): Promise<Swept> {
  const window = nextWindow(await readSweepControl(has), has.sweep, startedAt);
  let sweptRecordings = 0;
  let recordingsFound = 0;
  let page = window?.page;
  let isDone = window === undefined;
  while (window !== undefined && !isDone && hasTimeFor(pageTakesMs)) {
    const of = { from: window.from, to: window.until, alsoDeleted: true, ...(page !== undefined && { page }) };
    const { recordings, nextPage } = await has.recordingList.page(has.accountSid, of);
    recordingsFound += await sendOwed(has, recordings, startedAt, alreadySent);
    sweptRecordings += recordings.length;
    await changeSweepControl(has, (control) => withPageSwept(control, window, nextPage, has.now()));
    page = nextPage;
    isDone = nextPage === undefined;
  }
  return { sweptRecordings, recordingsFound };
}

/** Resolves to how many were sent. */
async function sendOwed(
  has: SweepNeeds,
  listed: readonly RecordingResource[],
  startedAt: Date,
  alreadySent: ReadonlySet<RecordingSid>,
): Promise<number> {
  const cause = `reconcile@${startedAt.toISOString()}`;
  const sent = await someAtOnce(listed, async ({ recordingSid, status }) => {
    if (alreadySent.has(recordingSid)) return false;
    const record = await has.ledger.readRecording(recordingSid);
    if (!isCopyOwed(status, record, startedAt)) return false;
    await has.queues.send({ v: 1, route: 'internal/archive-recording', recordingSid, foundBy: 'reconcile', cause });
    return true;
  });
  return sent.filter((isSent) => isSent).length;
}
