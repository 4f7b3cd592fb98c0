import type { ConversationSid } from '../shared/domain/sids.ts';
import type { ConversationMessage, ConversationParticipant } from '../shared/domain/transcripts/conversation.ts';
import type { ConversationResource, Conversations } from '../shared/ports/conversations.ts';

export interface ConversationNeeds {
  readonly conversations: Pick<Conversations, 'fetch' | 'participants' | 'messages'>;
}

export interface FetchedConversation extends ConversationResource {
  readonly participants: readonly ConversationParticipant[];
  readonly messages: readonly ConversationMessage[];
}

/**
 * The whole conversation as Twilio has it now; undefined when it is gone.
 *
 * The lists of a conversation that goes while they are read are empty, as those of one in which nothing was ever said:
 * so an empty list is believed only when the conversation is still there after it.
 */
export async function fetchConversation(
  { conversations }: ConversationNeeds,
  sid: ConversationSid,
): Promise<FetchedConversation | undefined> {
  const resource = await conversations.fetch(sid);
  if (resource === undefined) return undefined;
  const participants = await conversations.participants(sid);
  const messages = await conversations.messages(sid);
  const isSure = participants.length > 0 && messages.length > 0;
  if (!isSure && (await conversations.fetch(sid)) === undefined) return undefined;
  return { ...resource, participants, messages };
}
