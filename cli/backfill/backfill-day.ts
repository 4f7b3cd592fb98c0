import { judgeRecording, withJudged } from './judge-recording.ts';
import { recordCallers } from './record-callers.ts';
import type { Caller } from './record-callers.ts';
import type { CommandNeeds } from '../command.ts';
import type { Connection } from '../connection.ts';
import { patiently } from '../patiently.ts';
import { someAtATime } from '../some-at-a-time.ts';
import type { BackfillCounts } from '../../lambdas/shared/domain/reconcile/backfill-control.ts';
import type { RecordingSid } from '../../lambdas/shared/domain/sids.ts';
import type { RecordingResource } from '../../lambdas/shared/ports/recordings.ts';

interface DayNeeds {
  readonly connection: Connection;
  readonly pause: CommandNeeds['pause'];
  readonly tell: (text: string) => void;
  /** Absent in a dry run. */
  readonly send?: (recordingSid: RecordingSid) => Promise<void>;
  /** Whether the customers' calls are looked up; never in a dry run. */
  readonly recordsCallers: boolean;
  readonly onPage: (counts: BackfillCounts) => void;
}

/** Goes through Twilio's recordings of one UTC day, page by page, and sends those that are owed; resolves to the counts after it. */
export async function backfillDay(has: DayNeeds, day: string, before: BackfillCounts): Promise<BackfillCounts> {
  const { connection } = has;
  const from = new Date(`${day}T00:00:00Z`);
  const to = new Date(from.getTime() + 86_400_000);
  const now = connection.now();
  let counts = before;
  let page: string | undefined;
  do {
    // Deleted ones are listed along, so that none moves to another page when one is deleted meanwhile.
    const of = { from, to, alsoDeleted: true, ...(page !== undefined && { page }) };
    const listed = await patiently(has, () => connection.recordings.page(of));
    const judged = await someAtATime(listed.recordings, async (recording) => {
      const record = await connection.ledger.readRecording(recording.recordingSid);
      return { recording, verdict: judgeRecording(recording, record, now) };
    });
    for (const { recording, verdict } of judged) {
      const caller = verdict === 'send' ? await sendOne(has, recording) : 'nobody';
      counts = withJudged(counts, recording, caller === 'forgotten' ? 'tombstoned' : verdict);
      if (caller === 'somebody') counts = { ...counts, ofPersons: (counts.ofPersons ?? 0) + 1 };
    }
    has.onPage(counts);
    page = listed.nextPage;
  } while (page !== undefined);
  return counts;
}

/**
 * The index comes first: whoever asks for what is archived of a person finds all of it. Resolves to whether it leads there;
 * what is of somebody who was forgotten is not sent.
 */
async function sendOne(has: DayNeeds, recording: RecordingResource): Promise<Caller> {
  if (has.send === undefined) return 'nobody';
  const caller = has.recordsCallers ? await recordCallers(has, recording) : 'nobody';
  if (caller !== 'forgotten') await has.send(recording.recordingSid);
  return caller;
}
