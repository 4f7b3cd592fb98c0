import { conversationSid } from '../../../lambdas/shared/domain/sids.ts';
import type { ConversationSid } from '../../../lambdas/shared/domain/sids.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { ConversationView, NewMessage, NewParticipant } from '../simulator.ts';
import { undeliverable } from './messaging-facts.ts';
import type { Conversation, ConversationMessage, ConversationParticipant } from './records.ts';
import type { World } from './world.ts';

export function startConversation(
  world: World,
  made: Pick<Conversation, 'uniqueName' | 'friendlyName' | 'attributes'> = {},
): ConversationSid {
  const sid = conversationSid(world.sids.next('CH'));
  const createdAtMs = world.clock.now();
  world.conversations.set(sid, {
    ...made,
    sid,
    createdAtMs,
    updatedAtMs: createdAtMs,
    state: 'active',
    participants: [],
    messages: [],
  });
  return sid;
}

export function joinConversation(world: World, sid: ConversationSid, who: NewParticipant): string {
  const conversation = found(world, sid);
  const participant = { ...who, sid: world.sids.next('MB'), joinedAtMs: world.clock.now() };
  conversation.participants = [...conversation.participants, participant];
  return participant.sid;
}

export function leaveConversation(world: World, sid: ConversationSid, participantSid: string): void {
  const conversation = found(world, sid);
  conversation.participants = conversation.participants.filter((one) => one.sid !== participantSid);
}

/** A closed conversation takes no message, and nobody writes who is not in it. */
export function sayInConversation(world: World, sid: ConversationSid, said: NewMessage): string {
  const conversation = found(world, sid);
  if (conversation.state === 'closed') throw new RefusedByTwilioError(`${sid} is closed: nobody can write to it`);
  const by = conversation.participants.find((one) => one.sid === said.by);
  if (said.by !== undefined && by === undefined) throw new RefusedByTwilioError(`${said.by} is not in ${sid}`);
  const last = conversation.messages.at(-1);
  const message: ConversationMessage = {
    sid: world.sids.next('IM'),
    index: last === undefined ? 0 : last.index + 1,
    author: by?.identity ?? by?.address ?? 'system',
    ...(by !== undefined && { participantSid: by.sid }),
    ...(said.body !== undefined && { body: said.body }),
    media: (said.media ?? []).map((one) => ({ ...one, sid: world.sids.next('ME') })),
    createdAtMs: world.clock.now(),
    ...(said.attributes !== undefined && { attributes: said.attributes }),
    receipts: conversation.participants.flatMap((one) => (one === by ? [] : receiptOf(world, one))),
  };
  conversation.messages = [...conversation.messages, message];
  conversation.updatedAtMs = message.createdAtMs;
  return message.sid;
}

/** Of whoever is there by telephone: none of whoever uses the chat. */
function receiptOf(
  world: World,
  { sid, address, proxyAddress }: ConversationParticipant,
): ConversationMessage['receipts'] {
  if (address === undefined || proxyAddress === undefined) return [];
  const errorCode = undeliverable(world.messaging, { address, proxyAddress });
  return [{ sid: world.sids.next('DY'), participantSid: sid, ...(errorCode !== undefined && { errorCode }) }];
}

export function editMessage(world: World, sid: ConversationSid, messageSid: string, body: string): void {
  const conversation = found(world, sid);
  conversation.messages = conversation.messages.map((one) =>
    one.sid === messageSid ? { ...one, body, updatedAtMs: world.clock.now() } : one,
  );
}

export function removeMessage(world: World, sid: ConversationSid, messageSid: string): void {
  const conversation = found(world, sid);
  conversation.messages = conversation.messages.filter((one) => one.sid !== messageSid);
}

export function setConversationState(world: World, sid: ConversationSid, state: Conversation['state']): void {
  found(world, sid).state = state;
}

export function deleteConversation(world: World, sid: ConversationSid): void {
  world.conversations.delete(sid);
}

export function conversationView(conversation: Conversation): ConversationView {
  const { sid, state, createdAtMs, participants, messages } = conversation;
  return {
    conversationSid: sid,
    state,
    startedAt: new Date(createdAtMs),
    participants: participants.map(({ joinedAtMs, ...who }) => ({ ...who, joinedAt: new Date(joinedAtMs) })),
    messages: messages.map(({ createdAtMs: sentAtMs, updatedAtMs, ...said }) => ({
      ...messageView(said),
      sentAt: new Date(sentAtMs),
      ...(updatedAtMs !== undefined && { editedAt: new Date(updatedAtMs) }),
    })),
  };
}

function messageView({ sid, index, author, participantSid, body, media }: Omit<ConversationMessage, 'createdAtMs'>) {
  return {
    ...{ sid, index, author, media },
    ...(participantSid !== undefined && { participantSid }),
    ...(body !== undefined && { body }),
  };
}

function found(world: World, sid: ConversationSid): Conversation {
  const conversation = world.conversations.get(sid);
  if (conversation === undefined) throw new RefusedByTwilioError(`there is no conversation ${sid}`);
  return conversation;
}
