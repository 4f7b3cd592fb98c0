import { addTask, applyAttempt, applySource, newRecording } from '../shared/domain/recording-life.ts';
import type { RecordingRecord, RecordingSource } from '../shared/domain/recording-record.ts';
import type { AccountSid, RecordingSid, TaskSid } from '../shared/domain/sids.ts';
import type { FoundBy } from '../shared/domain/task-record.ts';
import type { Ledger, TimelineEntry } from '../shared/ports/ledger.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import { aliasesOf } from '../shared/steps/known-tasks.ts';

/** That a recording exists, and whatever else the message said of it. */
export interface RecordingNews {
  readonly recordingSid: RecordingSid;
  readonly accountSid: AccountSid;
  readonly taskSid?: TaskSid;
  readonly source?: RecordingSource;
  readonly foundBy: FoundBy;
  readonly cause: string;
}

type Line = Omit<TimelineEntry, 'of'>;

/** Writes the news into the ledger: timeline, record, and the aliases by which tasks find the recording. */
export async function recordNews(
  has: { readonly ledger: Ledger; readonly now: () => Date },
  news: RecordingNews,
): Promise<RecordingRecord> {
  const at = has.now();
  const recording = await changeRecording(has.ledger, news.recordingSid, (before) => {
    const known = before ?? newRecording(news, at);
    if (known.erasure.state === 'erased') return { record: known, timeline: [] };
    const withTask = news.taskSid === undefined ? known : addTask(known, news.taskSid);
    const record = applyAttempt(news.source === undefined ? withTask : applySource(withTask, news.source), at);
    return { record, timeline: timelineOf(before, record, news, at) };
  });
  await has.ledger.addAliases(aliasesOf(recording), recording.recordingSid);
  return recording;
}

function timelineOf(
  before: RecordingRecord | undefined,
  after: RecordingRecord,
  { cause, foundBy }: RecordingNews,
  at: Date,
): readonly Line[] {
  const actor = foundBy === 'callback' ? 'twilio' : 'archive-recording';
  const first = { occurredAt: at, cause, what: 'recording known', actor, after: `by ${foundBy}` };
  return [...(before === undefined ? [first] : []), ...sourceMoved(before, after, cause, at)];
}

/** The line that says that the source's status is another now; none when it is the same. */
export function sourceMoved(
  before: RecordingRecord | undefined,
  after: RecordingRecord,
  cause: string,
  at: Date,
): readonly Line[] {
  const was = before?.source.status ?? 'unknown';
  const { status } = after.source;
  if (status === was) return [];
  return [{ occurredAt: at, cause, what: `source ${status}`, actor: 'twilio', before: was, after: status }];
}
