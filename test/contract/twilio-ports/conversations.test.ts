import type { ConversationMessage } from '../../../lambdas/shared/domain/transcripts/conversation.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryConversations } from '../../support/fakes/in-memory-conversations.ts';
import { agentWords, conversationsSuite, customerWords, editedWords, photo } from './conversations-suite.ts';

const beganAt = new Date('2026-11-20T10:00:00Z');
const minute = (count: number): Date => new Date(beganAt.getTime() + count * 60_000);
const digits = (n: number): string => n.toString(16).padStart(32, '0');

conversationsSuite('conversations in memory', async () => {
  const conversations = inMemoryConversations();
  const [agent, customer] = [`MB${digits(1)}`, `MB${digits(2)}`];
  const whole = { accountSid: sids.account(), status: 'active', startedAt: beganAt } as const;
  const message = (index: number, said: Partial<ConversationMessage>): ConversationMessage => ({
    ...{ messageSid: `IM${digits(index)}`, index, media: [], sentAt: minute(index + 1) },
    ...said,
  });
  return {
    conversations,
    accountSid: sids.account(),
    beganAt,
    async newWritten() {
      const texting = { author: '+12025550143', participantSid: customer };
      conversations.put({
        ...whole,
        conversationSid: sids.conversation(1),
        participants: [
          { participantSid: agent, identity: 'ada', joinedAt: beganAt },
          { participantSid: customer, address: '+12025550143', proxyAddress: '+15005550006', joinedAt: beganAt },
        ],
        messages: [
          message(0, { author: 'ada', participantSid: agent, body: agentWords }),
          message(1, { ...texting, body: customerWords }),
          message(2, { ...texting, media: [{ ...photo, mediaSid: `ME${digits(1)}` }] }),
          message(3, { author: 'system', body: 'closing' }),
          message(4, { ...texting, body: editedWords, editedAt: minute(6) }),
        ],
      });
      return { conversationSid: sids.conversation(1), agent, customer };
    },
    async newLong(count) {
      const messages = Array.from({ length: count }, (_, place) => message(place, { body: String(place + 1) }));
      conversations.put({ ...whole, conversationSid: sids.conversation(2), participants: [], messages });
      return sids.conversation(2);
    },
    async newEmpty() {
      const conversationSid = sids.conversation(3);
      conversations.put({ ...whole, status: 'closed', conversationSid, participants: [], messages: [] });
      return conversationSid;
    },
  };
});
