import type { ComparedRecording } from '../shared/domain/reconcile/compare-recording.ts';
import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { conversationSid, recordingSid } from '../shared/domain/sids.ts';
import type { AccountSid, ConversationSid, RecordingSid } from '../shared/domain/sids.ts';
import type { ArchiveReports } from '../shared/ports/archive-reports.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { Recordings } from '../shared/ports/recordings.ts';
import { knownTasks } from '../shared/steps/known-tasks.ts';

/** The objects of one day, by the recording or conversation that their keys name. */
export interface DayObjects {
  readonly prefix: string;
  readonly count: number;
  readonly of: ReadonlyMap<RecordingSid | ConversationSid, readonly string[]>;
}

/** Lists `{AC}/{yyyy}/{mm}/{dd}/`; an object whose key names nothing of ours there is left out and counted. */
export async function dayObjects(
  has: { readonly reports: Pick<ArchiveReports, 'list'>; readonly accountSid: AccountSid },
  day: string,
): Promise<DayObjects> {
  const prefix = `${has.accountSid}/${day.replaceAll('-', '/')}/`;
  const listed = await has.reports.list(prefix);
  const of = new Map<RecordingSid | ConversationSid, string[]>();
  for (const { key } of listed) {
    const sid = key.slice(prefix.length).split('.')[0];
    if (!recordingSid.is(sid) && !conversationSid.is(sid)) continue;
    const keys = of.get(sid) ?? [];
    keys.push(key);
    of.set(sid, keys);
  }
  return { prefix, count: listed.length, of };
}

interface FactNeeds {
  readonly ledger: Ledger;
  readonly recordings: Pick<Recordings, 'fetchAlsoDeleted'>;
  readonly accountSid: AccountSid;
}

/** What ledger and bucket have of a recording that Twilio listed as `atTwilio`, or of one that it did not list. */
export async function recordingFacts(
  has: FactNeeds,
  sid: RecordingSid,
  listedAs: ComparedRecording['atTwilio'] | 'not-listed',
  objects: DayObjects,
): Promise<ComparedRecording> {
  const record = await has.ledger.readRecording(sid);
  const tasks = record === undefined || isTombstoned(record) ? [] : await knownTasks(has, record);
  const atTwilio = listedAs === 'not-listed' ? await statusOf(has, sid, record) : listedAs;
  return { recordingSid: sid, dayPrefix: objects.prefix, atTwilio, record, tasks, keys: objects.of.get(sid) ?? [] };
}

/**
 * A recording that began a moment before midnight may be another day's at Twilio, so one that is not on the day's list is
 * asked for by itself; what we have deleted, or know to be gone, or never knew, is not.
 */
async function statusOf(
  has: FactNeeds,
  sid: RecordingSid,
  record: RecordingRecord | undefined,
): Promise<ComparedRecording['atTwilio']> {
  if (record === undefined || isTombstoned(record)) return 'not-there';
  if (record.deletion.state !== 'none') return 'deleted';
  const fetched = await has.recordings.fetchAlsoDeleted(has.accountSid, sid);
  return fetched.kind === 'gone' ? 'not-there' : fetched.recording.status;
}
