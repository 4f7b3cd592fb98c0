import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import { addTask, applyAttempt, applySource, newRecording } from '../shared/domain/recording-life.ts';
import { withPauses } from '../shared/domain/recording-pauses.ts';
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
  /** When the source became so, by Twilio's clock or by the time at which its word reached us; absent: now. */
  readonly occurredAt?: Date;
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
    if (isTombstoned(known)) return { record: known, timeline: [] };
    const withTask = news.taskSid === undefined ? known : addTask(known, news.taskSid);
    const record = applyAttempt(withSource(withTask, news, at), at);
    return { record, timeline: timelineOf(before, record, news, at) };
  });
  await has.ledger.addAliases(aliasesOf(recording), recording.recordingSid);
  return recording;
}

/** A pause is told before the status: a status that only comes late takes nothing from what is known of pauses. */
function withSource(recording: RecordingRecord, { source, occurredAt }: RecordingNews, at: Date): RecordingRecord {
  if (source === undefined) return recording;
  return applySource(withPauses(recording, source.status, occurredAt ?? at), source);
}

function timelineOf(
  before: RecordingRecord | undefined,
  after: RecordingRecord,
  { cause, foundBy }: RecordingNews,
  at: Date,
): readonly Line[] {
  const actor = foundBy === 'callback' ? 'twilio' : 'archive-recording';
  const first = { occurredAt: at, cause, what: 'recording known', actor, after: `by ${foundBy}` };
  const newTasks = after.taskSids.filter((sid) => before?.taskSids.includes(sid) !== true);
  return [
    ...(before === undefined ? [first] : []),
    ...newTasks.map((sid) => ({ occurredAt: at, cause, what: `task known ${sid}`, actor: 'archive-recording' })),
    ...sourceMoved(before, after, cause, at),
  ];
}

/** The line that says that the source's status is another now, or that more is known of it; none when nothing is. */
export function sourceMoved(
  before: RecordingRecord | undefined,
  after: RecordingRecord,
  cause: string,
  at: Date,
): readonly Line[] {
  const was = before?.source.status ?? 'unknown';
  const { status } = after.source;
  if (status !== was)
    return [{ occurredAt: at, cause, what: `source ${status}`, actor: 'twilio', before: was, after: status }];
  const [toldBefore, told] = [described(before?.source), described(after.source)];
  if (told === toldBefore) return [];
  return [{ occurredAt: at, cause, what: 'source described', actor: 'twilio', before: toldBefore, after: told }];
}

/** What later decides where the copy lies and what it must be. */
function described(source: RecordingSource | undefined): string {
  const { startedAt, channels, durationSeconds } = source ?? {};
  const facts = [
    ...(startedAt === undefined ? [] : [`began ${startedAt.toISOString()}`]),
    ...(channels === undefined ? [] : [`${channels} channel${channels === 1 ? '' : 's'}`]),
    ...(durationSeconds === undefined ? [] : [`${durationSeconds} s`]),
  ];
  return facts.length === 0 ? 'nothing known' : facts.join(', ');
}
