import { isDeepStrictEqual } from 'node:util';
import { RetryableError } from '../domain/outcome.ts';
import type { RecordingRecord } from '../domain/recording-record.ts';
import type { ConversationSid, RecordingSid, TaskSid } from '../domain/sids.ts';
import type { TaskRecord } from '../domain/task-record.ts';
import type { TranscriptRecord } from '../domain/transcript-record.ts';
import type { Ledger, LedgerSid, SaveResult, TimelineEntry } from '../ports/ledger.ts';
import type { TranscriptRecords } from '../ports/transcript-records.ts';

/** A record as it should become, and what the timeline says of that. Both follow from the record before alone. */
export interface Change<R> {
  readonly record: R;
  readonly timeline: readonly Omit<TimelineEntry, 'of'>[];
}

interface Shelf<R> {
  read(): Promise<R | undefined>;
  save(record: R): Promise<SaveResult>;
  readonly sid: LedgerSid;
}

/** How often two writers may collide on one record before the message is left for later. */
const maxCollisions = 10;

/**
 * Changes one record of the ledger: timeline first, then the record, on the version that was read.
 *
 * A collision reads again and applies again, so `change` must follow from the record alone. When it changes nothing,
 * nothing is written. Resolves to the record as it is now stored; the caller then plans on that, also when nothing
 * changed, so that a crash after saving is healed by the next delivery.
 *
 * @throws {RetryableError} `ledger-contended` after ten collisions.
 */
async function changeRecord<R extends { readonly version: number }>(
  ledger: Pick<Ledger, 'addToTimeline'>,
  shelf: Shelf<R>,
  change: (record: R | undefined) => Change<R>,
): Promise<R> {
  for (let collision = 0; collision < maxCollisions; collision += 1) {
    const before = await shelf.read();
    const { record, timeline } = change(before);
    if (before !== undefined && isDeepStrictEqual(before, record)) return record;
    for (const entry of timeline) await ledger.addToTimeline({ of: shelf.sid, ...entry });
    if ((await shelf.save(record)) === 'saved') return { ...record, version: record.version + 1 };
  }
  throw new RetryableError(
    `${shelf.sid} was changed by others ${maxCollisions} times while we tried to: it is left for later`,
    {
      reason: 'ledger-contended',
    },
  );
}

/** As `changeRecord`; nothing changes an erased task. */
export function changeTask(
  ledger: Ledger,
  sid: TaskSid,
  change: (task: TaskRecord | undefined) => Change<TaskRecord>,
): Promise<TaskRecord> {
  const shelf: Shelf<TaskRecord> = {
    sid,
    read: () => ledger.readTask(sid),
    save: (task) => ledger.saveTask(task),
  };
  // Whoever began before the erasure must not bring back what it took away.
  return changeRecord(ledger, shelf, (task) =>
    task?.erased === undefined ? change(task) : { record: task, timeline: [] },
  );
}

export function changeRecording(
  ledger: Ledger,
  sid: RecordingSid,
  change: (recording: RecordingRecord | undefined) => Change<RecordingRecord>,
): Promise<RecordingRecord> {
  const read = (): Promise<RecordingRecord | undefined> => ledger.readRecording(sid);
  return changeRecord(ledger, { sid, read, save: (recording) => ledger.saveRecording(recording) }, change);
}

export function changeTranscript(
  has: { readonly ledger: Pick<Ledger, 'addToTimeline'>; readonly transcripts: TranscriptRecords },
  sid: ConversationSid,
  change: (transcript: TranscriptRecord | undefined) => Change<TranscriptRecord>,
): Promise<TranscriptRecord> {
  const read = (): Promise<TranscriptRecord | undefined> => has.transcripts.readTranscript(sid);
  return changeRecord(
    has.ledger,
    { sid, read, save: (transcript) => has.transcripts.saveTranscript(transcript) },
    change,
  );
}
