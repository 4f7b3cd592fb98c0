import type { ConversationSid } from '../domain/sids.ts';
import type { TranscriptRecord } from '../domain/transcript-record.ts';
import type { SaveResult } from './ledger.ts';

/** The transcripts in the ledger; read and saved as recordings are, their `dueAt` in the same index. @throws {RetryableError} */
export interface TranscriptRecords {
  readTranscript(conversationSid: ConversationSid): Promise<TranscriptRecord | undefined>;
  saveTranscript(record: TranscriptRecord): Promise<SaveResult>;
}
