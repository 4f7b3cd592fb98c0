import { compareText } from '../shared/domain/compare-text.ts';
import type { Policy } from '../shared/domain/policy.ts';
import { queueShares } from '../shared/domain/reconcile/compare-task.ts';
import { dayReport, newDayComparison, reportCsv, reportKey } from '../shared/domain/reconcile/day-comparison.ts';
import type { DayComparison, DayReport } from '../shared/domain/reconcile/day-comparison.ts';
import type { SweepSettings } from '../shared/domain/reconcile/sweep-settings.ts';
import { conversationSid, recordingSid, taskSid } from '../shared/domain/sids.ts';
import type { AccountSid, ConversationSid, RecordingSid, TaskSid } from '../shared/domain/sids.ts';
import { dayComparisonText, readDayComparison } from '../shared/messages/day-comparison-text.ts';
import type { ArchiveReports } from '../shared/ports/archive-reports.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { RecordingList } from '../shared/ports/recording-list.ts';
import type { Recordings } from '../shared/ports/recordings.ts';
import type { TranscriptRecords } from '../shared/ports/transcript-records.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import { openDayBook } from './day-book.ts';
import type { DayBook } from './day-book.ts';
import { dayObjects, recordingFacts } from './day-facts.ts';
import type { DayObjects } from './day-facts.ts';
import { someAtOnce } from './some-at-once.ts';

export interface CompareNeeds {
  readonly ledger: Ledger;
  readonly transcripts: Pick<TranscriptRecords, 'readTranscript'>;
  readonly queues: WorkQueues;
  readonly recordingList: RecordingList;
  readonly recordings: Pick<Recordings, 'fetchAlsoDeleted'>;
  readonly reports: ArchiveReports;
  readonly policy: Policy;
  readonly sweep: SweepSettings;
  readonly accountSid: AccountSid;
  /** False where the stage writes no links. */
  readonly owesLinks: boolean;
  readonly now: () => Date;
}

/** A page of a thousand at Twilio and all that the ledger has of it, in a function of a third of a processor. */
const pageTakesMs = 60_000;
const stepTakesMs = 30_000;
/** So many of what Twilio did not list, and of tasks, between two looks at the clock. */
const stepSize = 320;
/** So long a page's token is believed. */
const pageKeepsMs = 30 * 60_000;
/** After so many pages what is known is written down: a run that is killed loses no more. */
const pagesBetweenNotes = 10;

/**
 * Compares one finished UTC day of Twilio, the ledger and the bucket, and writes the report. Undefined where the time did
 * not suffice: how far it has come lies in the bucket then, and the next call goes on there.
 *
 * What has no copy and could have one is sent to archive-recording as it is met.
 */
export async function compareDay(
  has: CompareNeeds,
  day: string,
  hasTimeFor: (ms: number) => boolean,
): Promise<DayReport | undefined> {
  const before = readDayComparison(await has.reports.readReport(reportKey(day, 'part.json'))) ?? newDayComparison(day);
  const now = has.now();
  const run = { has, day, hasTimeFor, objects: await dayObjects(has, day), book: openDayBook(before, { ...has, now }) };
  if (before.stage === 'twilio' && !(await compareListed(run, freshPage(before, now)))) return undefined;
  if (!(await compareOthers(run, before.stage === 'ledger' ? before.after : undefined))) return undefined;
  return finish(run, now);
}

/** A day that was put down long ago is listed from its first page again: what is in the book already is passed over. */
function freshPage({ page, notedAtEpochMs = 0 }: DayComparison, now: Date): string | undefined {
  return now.getTime() - notedAtEpochMs <= pageKeepsMs ? page : undefined;
}

interface Run {
  readonly has: CompareNeeds;
  readonly day: string;
  readonly hasTimeFor: (ms: number) => boolean;
  readonly objects: DayObjects;
  readonly book: DayBook;
}

/** True when all that Twilio lists of the day was compared. */
async function compareListed(run: Run, firstPage: string | undefined): Promise<boolean> {
  const { has, day, book } = run;
  const from = new Date(`${day}T00:00:00Z`);
  const to = new Date(from.getTime() + 86_400_000);
  let page = firstPage;
  for (let pages = 1; ; pages += 1) {
    if (!run.hasTimeFor(pageTakesMs)) return putDown(run, book.at(placeAt(page)));
    const of = { from, to, alsoDeleted: true, ...(page !== undefined && { page }) };
    const { recordings, nextPage } = await has.recordingList.page(has.accountSid, of);
    const fresh = recordings.filter(({ recordingSid: sid }) => !book.isSeen(sid));
    await compareRecordings(run, new Map(fresh.map((one) => [one.recordingSid, one.status] as const)));
    if (nextPage === undefined) return true;
    page = nextPage;
    if (pages % pagesBetweenNotes === 0) await putDown(run, book.at(placeAt(page)));
  }
}

function placeAt(page: string | undefined): Pick<DayComparison, 'stage' | 'page'> {
  return { stage: 'twilio', ...(page !== undefined && { page }) };
}

/** What the ledger or the bucket has of the day and Twilio did not list, and the day's tasks; by SID. True when all are. */
async function compareOthers(run: Run, after = ''): Promise<boolean> {
  const { has, objects, book } = run;
  const ofDay = (await has.ledger.ofDay(run.day)).map(({ sid }) => sid);
  const others = [...new Set([...ofDay, ...objects.of.keys()])]
    .filter((sid) => sid > after && !(recordingSid.is(sid) && book.isSeen(sid)))
    .sort(compareText);
  for (let start = 0; start < others.length; start += stepSize) {
    const step = others.slice(start, start + stepSize);
    if (!run.hasTimeFor(stepTakesMs))
      return putDown(run, book.at({ stage: 'ledger', after: others[start - 1] ?? after }));
    await compareRecordings(run, new Map(step.filter(recordingSid.is).map((sid) => [sid, 'not-listed'] as const)));
    await compareTasks(run, step.filter(taskSid.is));
    await compareTranscripts(run, step.filter(conversationSid.is));
  }
  return true;
}

type ListedAs = Parameters<typeof recordingFacts>[2];

async function compareRecordings(run: Run, listed: ReadonlyMap<RecordingSid, ListedAs>): Promise<void> {
  const { has, book, objects } = run;
  const cause = `reconcile-day@${run.day}`;
  await someAtOnce([...listed], async ([recordingSid, as]) => {
    const compared = await recordingFacts(has, recordingSid, as, objects);
    const mended = book.recording(compared, as !== 'not-listed');
    if (mended.length === 0) return;
    await has.queues.send({ v: 1, route: 'internal/archive-recording', recordingSid, foundBy: 'reconcile', cause });
    book.resent(1);
  });
}

async function compareTasks({ has, book }: Run, sids: readonly TaskSid[]): Promise<void> {
  const tasks = await someAtOnce(sids, (sid) => has.ledger.readTask(sid));
  for (const task of tasks) if (task !== undefined) book.task(task);
}

/** Transcripts are looked after by their own records; here it is only seen that none lies there without one. */
async function compareTranscripts({ has, book, objects }: Run, sids: readonly ConversationSid[]): Promise<void> {
  await someAtOnce(sids, async (sid) => {
    if (!objects.of.has(sid)) return;
    const record = await has.transcripts.readTranscript(sid);
    if (record === undefined) book.orphan({ kind: 'orphan-object', sid, why: 'no-record' });
    else if (record.erasure.state === 'erased') book.orphan({ kind: 'orphan-object', sid, why: 'erased' });
  });
}

async function putDown({ has, day }: Run, compared: DayComparison): Promise<false> {
  const noted = { ...compared, notedAtEpochMs: has.now().getTime() };
  await has.reports.putReport(reportKey(day, 'part.json'), dayComparisonText(noted), 'application/json');
  return false;
}

/** The report first; only then what was put down is worth nothing any more. */
async function finish({ has, day, book, objects }: Run, now: Date): Promise<DayReport> {
  const compared = book.at({ stage: 'ledger' });
  const report = dayReport(compared, queueShares(compared.queues, has.sweep.recordedQueues), objects.count, now);
  await has.reports.putReport(reportKey(day, 'json'), JSON.stringify(report), 'application/json');
  await has.reports.putReport(reportKey(day, 'csv'), reportCsv(report), 'text/csv');
  if ((await has.reports.readReport(reportKey(day, 'part.json'))) !== undefined)
    await has.reports.putReport(reportKey(day, 'part.json'), '{}', 'application/json');
  return report;
}
