import type { RecordingRecord } from '../domain/recording-record.ts';
import type { ConversationSid, RecordingSid, TaskSid } from '../domain/sids.ts';
import type { TaskRecord } from '../domain/task-record.ts';

/** What has a life in the ledger: a recording, a task, or the transcript of a conversation. */
export type LedgerSid = RecordingSid | TaskSid | ConversationSid;

/** One line of a recording's, a task's or a transcript's timeline. It never holds a personal datum, nor a word of what was said. */
export interface TimelineEntry {
  readonly of: LedgerSid;
  /** The time of the fact, by the clock of whoever stated it; not when we got to it. */
  readonly occurredAt: Date;
  /** The id of the message or event that caused it; with `occurredAt` and `what` the key, so a repeat rewrites the line. */
  readonly cause: string;
  /** What happened, as a person reads it: `task.completed`, `archive verified`, `link written`. */
  readonly what: string;
  /** Who did it: a function's name, `twilio`, or an operator's. */
  readonly actor: string;
  readonly before?: string;
  readonly after?: string;
}

/** What an id leads to. */
export interface AliasTargets {
  readonly recordings: readonly RecordingSid[];
  readonly tasks: readonly TaskSid[];
}

/** What has an appointment: a recording, a task, a transcript, a contact status that waits under an id, or an erasure. */
export type DueItem =
  | { readonly sid: LedgerSid; readonly dueAt: Date }
  | { readonly inboxAlias: string; readonly dueAt: Date }
  | { readonly erasureId: string; readonly dueAt: Date };

export interface DayItem {
  readonly sid: LedgerSid;
  readonly at: Date;
  readonly label: string;
}

export type SaveResult = 'saved' | 'conflict';

/**
 * The one table that knows what has been done and what is still owed.
 *
 * The order of effects is the caller's to keep: timeline, record, aliases, matching reads, work messages, done.
 * Every call either does all it says or throws; throttling and broken connections are a `RetryableError`.
 */
export interface Ledger {
  /** The record as last saved, read consistently; undefined when none was ever saved. */
  readTask(taskSid: TaskSid): Promise<TaskRecord | undefined>;
  readRecording(recordingSid: RecordingSid): Promise<RecordingRecord | undefined>;

  /**
   * Saves the record with `version + 1`, provided that what is stored still has `record.version` (0: nothing is stored).
   * `conflict` means that somebody else was first: read again and apply again. Nothing was written then.
   * `dueAt`, or a recording's `reviewAt` where that is earlier, puts the record into the `open` index, the absence of
   * both takes it out; the `by-day` index follows the record.
   */
  saveTask(record: TaskRecord): Promise<SaveResult>;
  saveRecording(record: RecordingRecord): Promise<SaveResult>;

  /** Writes the line; the same line again changes nothing. */
  addToTimeline(entry: TimelineEntry): Promise<void>;
  /** The lines in the order of the facts' times. */
  timelineOf(sid: LedgerSid): Promise<readonly TimelineEntry[]>;

  /** Adds `target` to what each alias leads to. Only ever adds; a repeat changes nothing. */
  addAliases(aliases: readonly string[], target: RecordingSid | TaskSid): Promise<void>;
  /** What the id leads to, read consistently, so that of two writers at least the later one sees the other. */
  findByAlias(alias: string): Promise<AliasTargets>;

  /** Up to `limit` items whose time is at or before `now`, soonest first within a shard. Through an index: it may lag. */
  due(now: Date, limit: number): Promise<readonly DueItem[]>;
  /** The tasks, recordings and transcripts of one UTC day (`2026-11-20`), by time. Through an index: it may lag. */
  ofDay(day: string): Promise<readonly DayItem[]>;
}
