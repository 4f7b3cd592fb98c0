import type { ConversationSid } from '../shared/domain/sids.ts';
import type { DeliveryReceipt } from '../shared/ports/outbound-conversations.ts';
import type { SendSmsNeeds, Sending } from './needs.ts';
import type { Problem } from './problem.ts';
import { failedAtTwilio, refusedByTwilio } from './twilio-problems.ts';

type Said =
  | { readonly kind: 'said'; readonly messageSid: string; readonly isUnderWay: boolean }
  /** `isSaid`: it stands in the conversation and did not reach the telephone. */
  | { readonly kind: 'problem'; readonly problem: Problem; readonly isSaid: boolean };

/** When to look how a message fares; what a carrier says later than that only Twilio's log has. */
const pausesMs: readonly number[] = [200, 500, 1_000];

/**
 * Sends the text into the conversation unless it is in it already, and looks for a moment whether Twilio takes it to the
 * telephone: that somebody opted out, for one, it says only there.
 * (https://www.twilio.com/docs/conversations-classic/delivery-receipts, read 2026-11)
 */
export async function sayOnce(
  has: SendSmsNeeds,
  { mark, answerBy }: Sending,
  conversationSid: ConversationSid,
  text: string,
): Promise<Said> {
  const before = mark === undefined ? undefined : await has.conversations.marked(conversationSid, mark);
  const said = before ?? (await has.conversations.say(conversationSid, text, mark));
  if (said.kind === 'refused') return { kind: 'problem', problem: refusedByTwilio(said), isSaid: false };
  const { messageSid } = said;
  const receipt = await firstReceipt(has, conversationSid, messageSid, answerBy);
  if (receipt?.isFailed === true) return { kind: 'problem', problem: failedAtTwilio(receipt.errorCode), isSaid: true };
  return { kind: 'said', messageSid, isUnderWay: receipt !== undefined };
}

async function firstReceipt(
  has: SendSmsNeeds,
  conversationSid: ConversationSid,
  messageSid: string,
  answerBy: Date,
): Promise<DeliveryReceipt | undefined> {
  for (const pauseMs of pausesMs) {
    const receipt = await has.conversations.receipt(conversationSid, messageSid);
    if (receipt !== undefined) return receipt;
    if (has.now().getTime() + pauseMs >= answerBy.getTime()) return undefined;
    await has.pause(pauseMs);
  }
  return has.conversations.receipt(conversationSid, messageSid);
}
