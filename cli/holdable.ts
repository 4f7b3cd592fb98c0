import type { Connection } from './connection.ts';
import { applyEvent } from '../lambdas/shared/domain/recording-events.ts';
import type { RecordingRecord } from '../lambdas/shared/domain/recording-record.ts';
import type { KeepingEvent } from '../lambdas/shared/domain/retention/keeping-life.ts';
import type { ConversationSid, RecordingSid } from '../lambdas/shared/domain/sids.ts';
import { applyTranscriptKeeping } from '../lambdas/shared/domain/transcript-life.ts';
import type { TranscriptRecord } from '../lambdas/shared/domain/transcript-record.ts';
import type { TimelineEntry } from '../lambdas/shared/ports/ledger.ts';
import { changeRecording, changeTranscript } from '../lambdas/shared/steps/change-record.ts';
import { recordingPrefix } from '../lambdas/shared/steps/keep-recording.ts';

export type HoldableRecord = RecordingRecord | TranscriptRecord;

/** A recording or a transcript that is held, let go of, or kept for longer. */
export interface Holdable {
  readonly sid: RecordingSid | ConversationSid;
  read(): Promise<HoldableRecord | undefined>;
  /** Applies the event to the record as it is stored then; resolves to the record as it was. */
  change(known: HoldableRecord, event: KeepingEvent, line: Omit<TimelineEntry, 'of'>): Promise<HoldableRecord>;
  /** Has its function take it up, which brings S3 after the ledger. */
  takeUp(cause: string): Promise<void>;
}

export function holdableRecording(connection: Connection, sid: RecordingSid): Holdable {
  const { ledger } = connection;
  return {
    sid,
    read: () => ledger.readRecording(sid),
    async change(known, event, line) {
      let before = known;
      await changeRecording(ledger, sid, (found) => {
        if (found === undefined) throw new Error(`the ledger has no record of ${sid}, which it had a moment ago`);
        before = found;
        return { record: applyEvent(found, event), timeline: [line] };
      });
      return before;
    },
    async takeUp(cause) {
      const recording = await ledger.readRecording(sid);
      const foundBy = recording?.foundBy ?? 'reconcile';
      const message = { v: 1, route: 'internal/archive-recording', recordingSid: sid, foundBy, cause };
      await connection.sendBack('archive-recording', JSON.stringify(message));
    },
  };
}

export function holdableTranscript(connection: Connection, sid: ConversationSid): Holdable {
  return {
    sid,
    read: () => connection.transcripts.readTranscript(sid),
    async change(known, event, line) {
      let before = known;
      await changeTranscript(connection, sid, (found) => {
        if (found === undefined) throw new Error(`the ledger has no record of ${sid}, which it had a moment ago`);
        before = found;
        return { record: applyTranscriptKeeping(found, event), timeline: [line] };
      });
      return before;
    },
    async takeUp(cause) {
      const message = { v: 1, route: 'internal/archive-transcript', conversationSid: sid, cause };
      await connection.sendBack('archive-transcript', JSON.stringify(message));
    },
  };
}

/** Under which all of it lies in the archive; undefined where nothing does. */
export function prefixOf(record: HoldableRecord): string | undefined {
  if ('recordingSid' in record) return record.archive.state === 'none' ? undefined : recordingPrefix(record);
  return record.archive.state === 'verified' ? record.archive.transcript.json.key.replace(/json$/, '') : undefined;
}
