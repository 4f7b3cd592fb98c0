import type { ErasureRequest } from '../../domain/erasure/erasure-request.ts';
import { nextDueAt } from '../../domain/next-due.ts';
import { recordingLabel } from '../../domain/recording-label.ts';
import type { RecordingRecord } from '../../domain/recording-record.ts';
import { conversationSid, recordingSid, taskSid } from '../../domain/sids.ts';
import type { TaskRecord } from '../../domain/task-record.ts';
import { nextTranscriptDueAt, transcriptDayAt, transcriptLabel } from '../../domain/transcript-life.ts';
import type { TranscriptRecord } from '../../domain/transcript-record.ts';
import type { AliasTargets, DayItem, DueItem, LedgerSid } from '../../ports/ledger.ts';
import { text } from './attribute-values.ts';
import type { StoredMap } from './attribute-values.ts';
import type { InboxItem } from '../../ports/contact-inbox.ts';
import {
  byDayIndex,
  dayShard,
  erasureIdOf,
  erasurePrefix,
  erasuresDayShard,
  inboxDayShard,
  inboxPrefix,
  openIndex,
  openShard,
  partitionKey,
  shardOf,
  sidOfOwnKey,
  sortKey,
} from './table.ts';

/** The attributes by which the indexes find a record. Without `dueAt` it has none of the `open` index and is not in it. */
export function taskIndexLine(record: TaskRecord): object {
  const dayAt = record.createdAt ?? record.firstSeenAt;
  return {
    ...openAttributes(record.taskSid, record.dueAt),
    ...dayAttributes(record.taskSid, dayAt, record.link.state),
  };
}

export function recordingIndexLine(record: RecordingRecord): object {
  const dayAt = record.source.startedAt ?? record.firstSeenAt;
  const day = dayAttributes(record.recordingSid, dayAt, recordingLabel(record));
  return { ...openAttributes(record.recordingSid, nextDueAt(record)), ...day };
}

export function transcriptIndexLine(record: TranscriptRecord): object {
  return {
    ...openAttributes(record.conversationSid, nextTranscriptDueAt(record)),
    ...dayAttributes(record.conversationSid, transcriptDayAt(record), transcriptLabel(record)),
  };
}

/** An item of the inbox: due until it has led to a recording, listed by the day of its receipt. */
export function inboxIndexLine({ alias, hash, receivedAt, dueAt }: InboxItem): object {
  const time = receivedAt.toISOString();
  return {
    ...openAttributes(alias, dueAt),
    [byDayIndex.partitionKey]: inboxDayShard(time.slice(0, 10), shardOf(hash, byDayIndex.shardCount)),
    [byDayIndex.sortKey]: time,
  };
}

/** An erasure: due until it rests, listed by its beginning with where it stands. */
export function erasureIndexLine({ erasureId, requestedAt, dueAt, state }: ErasureRequest): object {
  return {
    ...openAttributes(erasureId, dueAt),
    [byDayIndex.partitionKey]: erasuresDayShard,
    [byDayIndex.sortKey]: requestedAt.toISOString(),
    label: state,
  };
}

function openAttributes(sid: string, dueAt: Date | undefined): object {
  if (dueAt === undefined) return {};
  return {
    [openIndex.partitionKey]: openShard(shardOf(sid, openIndex.shardCount)),
    [openIndex.sortKey]: dueAt.toISOString(),
  };
}

/** The operator's lists go by the day of the call, not of our work on it. */
function dayAttributes(sid: string, dayAt: Date, label: string): object {
  const time = dayAt.toISOString();
  return {
    [byDayIndex.partitionKey]: dayShard(time.slice(0, 10), shardOf(sid, byDayIndex.shardCount)),
    [byDayIndex.sortKey]: time,
    label,
  };
}

/** Reads an item of the `open` index back. */
export function dueItem(item: StoredMap): DueItem {
  const pk = text(item, partitionKey);
  const dueAt = new Date(text(item, openIndex.sortKey));
  if (pk.startsWith(inboxPrefix)) return { inboxAlias: pk.slice(inboxPrefix.length), dueAt };
  if (pk.startsWith(erasurePrefix)) return { erasureId: erasureIdOf(pk), dueAt };
  return { sid: sidOf(pk), dueAt };
}

/** Reads an item of the `by-day` index back. */
export function dayItem(item: StoredMap): DayItem {
  const at = new Date(text(item, byDayIndex.sortKey));
  return { sid: sidOf(text(item, partitionKey)), at, label: text(item, 'label') };
}

/** Reads the items of an alias back, recordings and tasks apart. */
export function aliasTargets(items: readonly StoredMap[]): AliasTargets {
  const sids = items.map((item) => sidOf(text(item, sortKey)));
  return { recordings: sids.filter(recordingSid.is), tasks: sids.filter(taskSid.is) };
}

/** @throws {InvalidSidError} when the key is not of a recording, transcript or task: somebody else wrote into the table. */
function sidOf(key: string): LedgerSid {
  const sid = sidOfOwnKey(key) ?? '';
  return recordingSid.is(sid) || conversationSid.is(sid) ? sid : taskSid(sid);
}
