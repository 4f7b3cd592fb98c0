import type { ConversationSid } from '../../../lambdas/shared/domain/sids.ts';
import type {
  ConversationMessage,
  ConversationParticipant,
} from '../../../lambdas/shared/domain/transcripts/conversation.ts';
import type { ConversationResource, Conversations } from '../../../lambdas/shared/ports/conversations.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

type ConversationsCall = 'fetch' | 'participants' | 'messages' | 'deleteConversation';

export interface WholeConversation extends ConversationResource {
  readonly participants: readonly ConversationParticipant[];
  readonly messages: readonly ConversationMessage[];
}

/** Twilio's conversations in memory. */
export interface InMemoryConversations extends Conversations, Pick<ScriptedFaults<ConversationsCall>, 'failNext'> {
  /** The conversation is from now on like this. */
  put(conversation: WholeConversation): void;
  /** What was asked for, in order. */
  readonly asked: readonly ConversationsCall[];
}

export function inMemoryConversations(): InMemoryConversations {
  const stored = new Map<ConversationSid, WholeConversation>();
  const faults = scriptedFaults<ConversationsCall>();
  const asked: ConversationsCall[] = [];
  const note = (call: ConversationsCall): void => {
    asked.push(call);
    faults.strike(call);
  };
  return {
    async fetch(sid) {
      note('fetch');
      const found = stored.get(sid);
      if (found === undefined) return undefined;
      const { participants: _participants, messages: _messages, ...resource } = found;
      return resource;
    },
    async participants(sid) {
      note('participants');
      return stored.get(sid)?.participants ?? [];
    },
    async messages(sid) {
      note('messages');
      return stored.get(sid)?.messages.toSorted((a, b) => a.index - b.index) ?? [];
    },
    async deleteConversation(sid) {
      note('deleteConversation');
      return stored.delete(sid) ? 'deleted' : 'was-gone';
    },
    put: (conversation) => void stored.set(conversation.conversationSid, conversation),
    asked,
    failNext: faults.failNext,
  };
}
