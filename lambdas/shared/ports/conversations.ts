import type { AccountSid, ConversationSid } from '../domain/sids.ts';
import type { TranscriptSource } from '../domain/transcript-record.ts';

export interface ConversationResource {
  readonly conversationSid: ConversationSid;
  readonly accountSid: AccountSid;
  readonly status: Exclude<TranscriptSource['status'], 'unknown' | 'gone'>;
  readonly startedAt: Date;
}

/** Who took part; an address is personal and goes into the transcript alone. */
export interface ConversationParticipant {
  readonly participantSid: string;
  readonly identity?: string;
  /** The customer's number or address, and ours that they wrote to. */
  readonly address?: string;
  readonly proxyAddress?: string;
  readonly joinedAt?: Date;
}

/** A file that was sent; it stays at Twilio and is named, not copied. */
export interface MessageMedia {
  readonly mediaSid: string;
  readonly contentType?: string;
  readonly filename?: string;
  readonly sizeBytes?: number;
}

export interface ConversationMessage {
  readonly messageSid: string;
  /** 0 for the first. */
  readonly index: number;
  readonly author?: string;
  readonly participantSid?: string;
  readonly body?: string;
  readonly media: readonly MessageMedia[];
  readonly sentAt: Date;
  readonly editedAt?: Date;
}

/**
 * Twilio's Conversations (https://www.twilio.com/docs/conversations/api, read 2026-11).
 *
 * @throws {RetryableError} on 401, 403, 408, 429, 5xx and broken connections; `Retry-After` is kept when there is one.
 */
export interface Conversations {
  /** Undefined when Twilio does not know it. */
  fetch(conversationSid: ConversationSid): Promise<ConversationResource | undefined>;
  /** All of them, every page. Empty when the conversation is gone meanwhile. */
  participants(conversationSid: ConversationSid): Promise<readonly ConversationParticipant[]>;
  /** All of them in their order, every page. */
  messages(conversationSid: ConversationSid): Promise<readonly ConversationMessage[]>;
  /** Deletes the conversation with all its messages and media, for good. Only an erasure may. */
  deleteConversation(conversationSid: ConversationSid): Promise<'deleted' | 'was-gone'>;
}
