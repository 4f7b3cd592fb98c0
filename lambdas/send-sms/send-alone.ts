import type { ConversationSid } from '../shared/domain/sids.ts';
import type { SmsProgress } from '../shared/domain/sms-request.ts';
import type { NumberPair } from '../shared/ports/interactions.ts';
import type { Journal } from './journal.ts';
import { nothingSent } from './needs.ts';
import type { SendSmsNeeds, Sending, SmsOutcome } from './needs.ts';
import { noLongerOpen } from './problems.ts';
import { sayOnce } from './say-once.ts';
import { refusedByTwilio } from './twilio-problems.ts';

/** The least that Twilio takes for its timer. (https://www.twilio.com/docs/conversations-classic/states-timers, read 2026-11) */
const CLOSE_AFTER_MINUTES = 10;

interface Place {
  readonly kind: 'place';
  readonly conversationSid: ConversationSid;
  /** Made for this request alone; otherwise it was there before, and belongs to others. */
  readonly isOwn: boolean;
  /** It is closed already, by an earlier run of this request. */
  readonly isClosed: boolean;
}

/**
 * Nothing but the message: no interaction, no task.
 *
 * It goes into the open conversation of the pair, because there can be no second one. Where there is none it gets one of
 * its own, which is closed again: what the customer answers is then a contact like any other, and does not end in a
 * conversation that nobody looks at.
 */
export async function sendAlone(has: SendSmsNeeds, sending: Sending, journal: Journal): Promise<SmsOutcome> {
  const { order } = sending;
  if (journal.from.kind === 'claimed') await journal.write({ kind: 'sending', since: has.now() });
  const pair = { address: order.toNumber, proxyAddress: order.fromNumber };
  const place = placeOf(journal.from) ?? (await placeFor(has, sending.mark, pair));
  if (place.kind === 'problem') return place;
  const { conversationSid, isOwn } = place;
  sending.note({ conversationSid });
  const said = await sayOnce(has, sending, journal, { conversationSid, isReused: !isOwn });
  const isUnderWay = said.kind === 'said' && said.isUnderWay;
  if (isOwn && !place.isClosed) await closeBehind(has, conversationSid, isUnderWay);
  if (said.kind === 'problem') return { kind: 'problem', problem: said.problem, isNothingSent: !said.isSaid };
  return { kind: 'sent', ids: { conversationSid, messageSid: said.messageSid, isReused: !isOwn } };
}

/** Where an earlier run may have said it: nowhere else must it be said, whatever became of the conversation. */
function placeOf(from: SmsProgress): Place | undefined {
  if (from.kind !== 'saying' || from.ids.conversationSid === undefined) return undefined;
  const { conversationSid, isReused } = from.ids;
  return { kind: 'place', conversationSid, isOwn: !isReused, isClosed: false };
}

/** At once when the message is on its way; otherwise Twilio may still need it, and closes it itself. */
async function closeBehind(has: SendSmsNeeds, conversationSid: ConversationSid, isUnderWay: boolean): Promise<void> {
  if (isUnderWay) await has.conversations.close(conversationSid);
  else await has.conversations.closeAfter(conversationSid, CLOSE_AFTER_MINUTES);
}

async function placeFor(
  has: SendSmsNeeds,
  mark: string | undefined,
  pair: NumberPair,
): Promise<Place | Extract<SmsOutcome, { readonly kind: 'problem' }>> {
  const open = await has.conversations.openWith(pair);
  if (open !== undefined) {
    const { conversationSid, uniqueName } = open;
    return { kind: 'place', conversationSid, isOwn: mark !== undefined && uniqueName === mark, isClosed: false };
  }
  const own = await has.conversations.forOneMessage(mark, CLOSE_AFTER_MINUTES);
  if (own.kind === 'refused') return nothingSent(refusedByTwilio(own));
  const { conversationSid, isClosed } = own;
  const place: Place = { kind: 'place', conversationSid, isOwn: true, isClosed };
  if (isClosed) {
    const before = mark === undefined ? undefined : await has.conversations.marked(conversationSid, mark);
    return before === undefined ? nothingSent(noLongerOpen()) : place;
  }
  const bound = await has.conversations.bind(conversationSid, pair);
  if (bound.kind === 'bound') return place;
  await closeBehind(has, conversationSid, false);
  return nothingSent(refusedByTwilio(bound));
}
