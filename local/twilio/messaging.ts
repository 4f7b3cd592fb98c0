import type { ConversationSid, TaskSid } from '../../lambdas/shared/domain/sids.ts';
import type { NumberPair } from '../../lambdas/shared/ports/interactions.ts';

/** What customers, carriers and agents do with text messages. */
export interface MessagingVerbs {
  /** A customer writes to one of the account's numbers; STOP and START are heeded. */
  receiveSms(message: InboundSms): ReceivedSms;
  /** A customer answered STOP, some time ago. */
  optOut(pair: NumberPair): void;
  /** Twilio refuses the number at once, with this code: 21211 for one that does not exist. */
  refuseNumber(number: string, code: number): void;
  /** Messages to the number are taken and do not arrive, with this code: 30006 for a landline. */
  loseMessagesTo(number: string, code: number): void;
  /** How long Flex takes for a new interaction after it has accepted it, and messages for their first receipt; 0 at the start. */
  takeTime(ms: { readonly setupMs?: number; readonly receiptMs?: number }): void;
  /** The next interaction is accepted, and fails with this code. */
  failNextInteraction(code: number): void;
  /** An agent ends the chat of the task: the conversation is closed, or left open for the next time. */
  endChat(taskSid: TaskSid, how: { readonly keepOpen: boolean }): void;
}

export interface InboundSms {
  /** The customer's number, and ours that they write to. */
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

/** Where it went: nowhere, into a conversation, or into a new one with a task. */
export interface ReceivedSms {
  readonly conversationSid?: ConversationSid;
  readonly isNewConversation: boolean;
  readonly taskSid?: TaskSid;
}
