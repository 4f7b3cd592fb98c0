import type { ConversationSid } from '../shared/domain/sids.ts';
import type { SmsRequestIds } from '../shared/domain/sms-request.ts';
import type { TwilioRefusal } from '../shared/ports/interactions.ts';
import type { DeliveryReceipt, SaidMessage } from '../shared/ports/outbound-conversations.ts';
import type { Journal } from './journal.ts';
import type { SendSmsNeeds, Sending } from './needs.ts';
import type { Problem } from './problem.ts';
import { notArrived, refusedByTwilio } from './twilio-problems.ts';

type Said =
  | { readonly kind: 'said'; readonly messageSid: string; readonly isUnderWay: boolean }
  /** `isSaid`: it stands in the conversation and did not reach the telephone. */
  | { readonly kind: 'problem'; readonly problem: Problem; readonly isSaid: boolean };

/** The ids that are known before the message, and where it goes. */
type Place = SmsRequestIds & { readonly conversationSid: ConversationSid };

/** When to look how a message fares; what a carrier says later than that only Twilio's log has. */
const pausesMs: readonly number[] = [200, 500, 1_000];

/**
 * Sends the text into the conversation unless it is in it already, and looks for a moment whether Twilio takes it to the
 * telephone: that somebody opted out, for one, it says only there.
 * (https://www.twilio.com/docs/conversations-classic/delivery-receipts, read 2026-11)
 */
export async function sayOnce(
  has: SendSmsNeeds,
  { order, mark, answerBy }: Sending,
  journal: Journal,
  into: Place,
): Promise<Said> {
  const { conversationSid } = into;
  const before = mark === undefined ? undefined : await has.conversations.marked(conversationSid, mark);
  const said = before ?? (await say(has, { order, mark }, journal, into));
  if (said.kind === 'refused') return { kind: 'problem', problem: refusedByTwilio(said), isSaid: false };
  const { messageSid } = said;
  const receipt = await firstReceipt(has, conversationSid, messageSid, answerBy);
  if (receipt?.isFailed === true) return { kind: 'problem', problem: notArrived(receipt.errorCode), isSaid: true };
  return { kind: 'said', messageSid, isUnderWay: receipt !== undefined };
}

/** Written down first: a run that comes after this one looks for the message here, and not before Twilio can show it. */
async function say(
  has: SendSmsNeeds,
  { order, mark }: Pick<Sending, 'order' | 'mark'>,
  journal: Journal,
  ids: Place,
): Promise<SaidMessage | TwilioRefusal> {
  await journal.write({ kind: 'saying', since: has.now(), ids });
  return has.conversations.say(ids.conversationSid, order.message ?? '', mark);
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
