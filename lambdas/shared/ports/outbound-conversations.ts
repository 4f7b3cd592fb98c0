import type { ConversationSid } from '../domain/sids.ts';
import type { NumberPair, TwilioRefusal } from './interactions.ts';

/** A conversation that a pair of numbers is bound to, so that what the customer writes goes there. */
export interface OpenConversation {
  readonly conversationSid: ConversationSid;
  readonly state: 'active' | 'inactive';
  readonly uniqueName?: string;
  /** Begun by `forOneMessage`: it closes by itself, so nobody is to go on in it. */
  readonly isForOneMessage: boolean;
}

export interface NamedConversation {
  readonly kind: 'there';
  readonly conversationSid: ConversationSid;
  readonly isClosed: boolean;
}

export interface SaidMessage {
  readonly kind: 'said';
  /** IM… */
  readonly messageSid: string;
}

/** How a message fared on its way to a phone. */
export interface DeliveryReceipt {
  readonly isFailed: boolean;
  /** Twilio's code of the failure. */
  readonly errorCode?: number;
}

/**
 * Conversations that we begin and write to, in the account's default service, which is the one that Flex works with.
 * (https://www.twilio.com/docs/conversations-classic/api, read 2026-11)
 *
 * @throws {RetryableError} on 408, 5xx and broken connections, and from what only reads also on 401, 403 and 429.
 */
export interface OutboundConversations {
  /** The one that is open with the pair; closed ones are not among them. */
  openWith(pair: NumberPair): Promise<OpenConversation | undefined>;
  /**
   * One with this unique name, the one that is there already included, whatever its state. Twilio closes it after so many
   * minutes, 10 at least, so that nothing a customer writes stays in it unseen when nobody comes back to it.
   */
  forOneMessage(uniqueName: string | undefined, closesAfterMinutes: number): Promise<NamedConversation | TwilioRefusal>;
  /** Binds the pair; one that is bound to this conversation already stays so. */
  bind(conversationSid: ConversationSid, pair: NumberPair): Promise<{ readonly kind: 'bound' } | TwilioRefusal>;
  /** Sends a text to whoever is in the conversation, and once more on each call. `mark` finds it again. */
  say(conversationSid: ConversationSid, text: string, mark: string | undefined): Promise<SaidMessage | TwilioRefusal>;
  /** The message with this mark, of the last hundred. */
  marked(conversationSid: ConversationSid, mark: string): Promise<SaidMessage | undefined>;
  /** Undefined while there is none. */
  receipt(conversationSid: ConversationSid, messageSid: string): Promise<DeliveryReceipt | undefined>;
  /** Makes an inactive one active again. A closed one stays closed, here and below. */
  reopen(conversationSid: ConversationSid): Promise<void>;
  /** For good: what the customer writes next begins a new one, or goes wherever the number's address leads. */
  close(conversationSid: ConversationSid): Promise<void>;
  /** Has Twilio close it after so many minutes; 10 at least. */
  closeAfter(conversationSid: ConversationSid, minutes: number): Promise<void>;
}
