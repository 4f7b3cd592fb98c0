import type { AccountSid, ConversationSid } from '../domain/sids.ts';
import type { TranscriptSource } from '../domain/transcript-record.ts';
import type { ConversationMessage, ConversationParticipant } from '../domain/transcripts/conversation.ts';

export interface ConversationResource {
  readonly conversationSid: ConversationSid;
  readonly accountSid: AccountSid;
  readonly status: Exclude<TranscriptSource['status'], 'unknown' | 'gone'>;
  readonly startedAt: Date;
}

/**
 * Twilio's Conversations (https://www.twilio.com/docs/conversations-classic/api, read 2026-11).
 *
 * @throws {RetryableError} on 401, 403, 408, 429, 5xx and broken connections; `Retry-After` is kept when there is one.
 * @throws {PermanentError} `conversation-too-large` where a list is larger than a function can hold.
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
