import type { ConversationSid, RecordingSid, TaskSid } from '../sids.ts';

/** One recording or transcript on its way to nothing. */
export interface ErasureItem {
  readonly sid: RecordingSid | ConversationSid;
  readonly state: ErasureItemState;
}

export type ErasureItemState =
  | { readonly kind: 'open' }
  /** Held: it is tried again when the hold is released and the erasure sent again. */
  /** `begunAt`: the hold came after that, so part of it, or all, was gone already; what is left stays. */
  | { readonly kind: 'held'; readonly matters: readonly string[]; readonly begunAt?: Date }
  /** Locked, and this erasure may not, or nobody can, open the lock before that time. */
  | { readonly kind: 'locked'; readonly mode: 'governance' | 'compliance'; readonly until?: Date }
  | { readonly kind: 'erased'; readonly at: Date; readonly objects: number; readonly source: ErasedSource };

/** What became of what Twilio has. */
export type ErasedSource = 'deleted' | 'was-gone' | 'never-was' | 'kept-by-another-account';

/** What somebody else must delete: we have no right to, and no interface for it. */
export interface CalabrioWorkItem {
  readonly recordingSid: RecordingSid;
  readonly ccrId: number;
  readonly sessionId: string;
  readonly legId: string;
}

/**
 * One person's wish to be forgotten, or one recording's, and how far it has come. It holds keyed hashes and SIDs, never
 * the person's number, address or name.
 */
export interface ErasureRequest {
  readonly erasureId: string;
  /** 0 until first saved; each save adds one and is conditional on the version that was read. */
  readonly version: number;
  readonly requestedAt: Date;
  readonly requestedBy: string;
  /** The team's own word for the request, such as a ticket's number. */
  readonly why: string;
  readonly subjectHashes: readonly string[];
  readonly taskSids: readonly TaskSid[];
  /** Of those tasks, whom they are about: under these something may come to lie while it is taken away. */
  readonly taskHashes: readonly string[];
  readonly items: readonly ErasureItem[];
  /** Since then every record of it says so, and nobody begins anything with them; moved on by whatever is found later. */
  readonly markedAt?: Date;
  /** How many messages of dead-letter and quarantine queues and of `parked/` were taken away. */
  readonly messagesRemoved: number;
  /** Messages that speak of others as well, as `queue/message id`: they could not be taken away without losing those. */
  readonly messagesKept: readonly string[];
  readonly calabrio: readonly CalabrioWorkItem[];
  /** `blocked`: everything that may be erased is, and something is held or locked. */
  readonly state: 'open' | 'blocked' | 'finished';
  readonly finishedAt?: Date;
  /** When it is taken up again; reconcile reads what is due. */
  readonly dueAt?: Date;
}

/** So many recordings and transcripts, and as many tasks, go into one request: a DynamoDB item holds 400 KB. */
export const mostErasureItems = 600;
