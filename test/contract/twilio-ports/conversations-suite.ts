import { conversationSid } from '../../../lambdas/shared/domain/sids.ts';
import type { AccountSid, ConversationSid } from '../../../lambdas/shared/domain/sids.ts';
import type { Conversations } from '../../../lambdas/shared/ports/conversations.ts';

/** What was said in the conversation that `newWritten` makes, a minute apart from `beganAt` on. */
export const agentWords = 'Guten Tag, wie kann ich helfen? 👋';
export const customerWords = 'The tap drips.\nSince Monday!';
export const photo = { contentType: 'image/jpeg', filename: 'tap.jpg', sizeBytes: 48_213 };
export const editedWords = 'Since Tuesday, sorry.';

/** An account, and the hands that Twilio has on its conversations. */
export interface ConversationsWorld {
  readonly conversations: Conversations;
  readonly accountSid: AccountSid;
  readonly beganAt: Date;
  /**
   * An agent who uses the chat, a customer who texts; then a minute apart: the agent's words, the customer's, the
   * customer's photo without a word, the system's `closing`, and one of the customer's that is edited a minute later.
   */
  newWritten(): Promise<{
    readonly conversationSid: ConversationSid;
    readonly agent: string;
    readonly customer: string;
  }>;
  /** One in which the agent alone wrote so many messages: 1, 2, 3, … */
  newLong(messages: number): Promise<ConversationSid>;
  /** One in which nobody is and nothing was written, and which is closed. */
  newEmpty(): Promise<ConversationSid>;
}

const unknown = conversationSid(`CH${'e'.repeat(32)}`);

/** What the conversations of every account promise. */
export function conversationsSuite(name: string, newWorld: () => Promise<ConversationsWorld>): void {
  describe(`${name}`, () => {
    it('say whose a conversation is, when it began and whether it goes on', async () => {
      const { conversations, accountSid, beganAt, newWritten, newEmpty } = await newWorld();
      const { conversationSid: sid } = await newWritten();
      const empty = await newEmpty();

      expect(await conversations.fetch(sid)).toEqual({
        conversationSid: sid,
        accountSid,
        status: 'active',
        startedAt: beganAt,
      });
      expect(await conversations.fetch(empty)).toMatchObject({ conversationSid: empty, status: 'closed' });
    });

    it('name who is there, by identity or by address', async () => {
      const { conversations, newWritten, beganAt } = await newWorld();
      const { conversationSid: sid, agent, customer } = await newWritten();

      expect(await conversations.participants(sid)).toEqual([
        { participantSid: agent, identity: 'ada', joinedAt: beganAt },
        { participantSid: customer, address: '+12025550143', proxyAddress: '+15005550006', joinedAt: beganAt },
      ]);
    });

    it('give every message in its order with its words, its files and its times', async () => {
      const { conversations, newWritten, beganAt } = await newWorld();
      const { conversationSid: sid, agent, customer } = await newWritten();
      const minute = (count: number): Date => new Date(beganAt.getTime() + count * 60_000);
      const by = { author: '+12025550143', participantSid: customer };

      const messages = await conversations.messages(sid);

      expect(messages.map(({ messageSid: _sid, media, ...said }) => ({ ...said, files: media.length }))).toEqual([
        { index: 0, author: 'ada', participantSid: agent, body: agentWords, files: 0, sentAt: minute(1) },
        { index: 1, ...by, body: customerWords, files: 0, sentAt: minute(2) },
        { index: 2, ...by, files: 1, sentAt: minute(3) },
        { index: 3, author: 'system', body: 'closing', files: 0, sentAt: minute(4) },
        { index: 4, ...by, body: editedWords, files: 0, sentAt: minute(5), editedAt: minute(6) },
      ]);
      expect(messages[2]?.media).toEqual([{ ...photo, mediaSid: expect.stringMatching(/^ME[0-9a-f]{32}$/) }]);
      expect(new Set(messages.map(({ messageSid }) => messageSid)).size).toBe(5);
    });

    it('leave out no message of a long conversation', async () => {
      const { conversations, newLong } = await newWorld();
      const sid = await newLong(253);

      const messages = await conversations.messages(sid);

      expect(messages.map(({ body }) => body)).toEqual(Array.from({ length: 253 }, (_, place) => String(place + 1)));
    });

    it('know nobody and nothing of an empty conversation', async () => {
      const { conversations, newEmpty } = await newWorld();
      const sid = await newEmpty();

      expect(await conversations.participants(sid)).toEqual([]);
      expect(await conversations.messages(sid)).toEqual([]);
    });

    it('have none of another SID, with nobody in it and nothing said', async () => {
      const { conversations } = await newWorld();

      expect(await conversations.fetch(unknown)).toBeUndefined();
      expect(await conversations.participants(unknown)).toEqual([]);
      expect(await conversations.messages(unknown)).toEqual([]);
    });

    it('delete a conversation with all that was said, and say so of one that was gone', async () => {
      const { conversations, newWritten } = await newWorld();
      const { conversationSid: sid } = await newWritten();

      expect(await conversations.deleteConversation(sid)).toBe('deleted');
      expect(await conversations.fetch(sid)).toBeUndefined();
      expect(await conversations.messages(sid)).toEqual([]);
      expect(await conversations.deleteConversation(sid)).toBe('was-gone');
    });
  });
}
