import type { KeptFacets } from './kept-facets.ts';
import type { AccountSid, ConversationSid, TaskSid } from './sids.ts';

/** What Twilio says of the conversation. `gone`: it is not there, or no longer. */
export interface TranscriptSource {
  readonly status: 'unknown' | 'active' | 'inactive' | 'closed' | 'gone';
  /** When the conversation began; the archive key's day is its UTC day. */
  readonly startedAt?: Date;
  /** Set when we deleted the conversation at Twilio, which only an erasure does. */
  readonly deletedAt?: Date;
}

/** One of a transcript's two objects, as it was stored and read again. */
export interface ArchivedText {
  readonly key: string;
  readonly versionId?: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** The conversation as it was when its last task ended: the same words as JSON and as text for people. */
export interface ArchivedTranscript {
  readonly json: ArchivedText;
  readonly text: ArchivedText;
  readonly messages: number;
  readonly storedAt: Date;
}

export type TranscriptArchive =
  | { readonly state: 'none' }
  /** Both objects were read again and are what was written. */
  | { readonly state: 'verified'; readonly transcript: ArchivedTranscript; readonly verifiedAt: Date }
  | { readonly state: 'failed'; readonly reason: string };

/** One conversation's life in the ledger: a chat, SMS or other exchange of messages that a task was made for. */
export interface TranscriptRecord extends KeptFacets {
  readonly conversationSid: ConversationSid;
  /** 0 until first saved; each save adds one and is conditional on the version that was read. */
  readonly version: number;
  readonly accountSid: AccountSid;
  readonly firstSeenAt: Date;
  readonly taskSids: readonly TaskSid[];
  readonly source: TranscriptSource;
  readonly archive: TranscriptArchive;
  /** When something can next be done for it; absent when it is at rest. Reconcile reads what is due. */
  readonly dueAt?: Date;
}
