import type { NumberPair } from '../../../lambdas/shared/ports/interactions.ts';
import type { Conversation } from './records.ts';
import type { World } from './world.ts';

/**
 * The conversation that the pair is bound to: "Only one Conversation — that is, one Participant in an Active Conversation —
 * can bind a number pair together." (twilio.com/docs/conversations/inbound-autocreation, read 2026-11) An inactive one can be
 * made active again, so it keeps the pair as well.
 */
export function openConversationWith(world: World, { address, proxyAddress }: NumberPair): Conversation | undefined {
  return [...world.conversations.values()].find(
    ({ state, participants }) =>
      state !== 'closed' && participants.some((one) => one.address === address && one.proxyAddress === proxyAddress),
  );
}

/** Closes it when its timer is over, unless it was set anew since. */
export function closeAfter(world: World, conversation: Conversation, ms: number): void {
  const closesAtMs = world.clock.now() + ms;
  conversation.closesAtMs = closesAtMs;
  world.appointments.after(ms, () => {
    if (conversation.closesAtMs === closesAtMs && world.conversations.has(conversation.sid))
      conversation.state = 'closed';
  });
}
