import type { OutboundConversations } from '../../../lambdas/shared/ports/outbound-conversations.ts';
import type { ConversationSid } from '../../../lambdas/shared/domain/sids.ts';
import type { NumberPair } from '../../../lambdas/shared/ports/interactions.ts';

/** An account’s Conversations service, and the hands that Twilio and carriers have on it. */
export interface OutboundConversationsWorld {
  readonly conversations: OutboundConversations;
  readonly bodiesIn: (conversationSid: ConversationSid) => Promise<readonly (string | undefined)[]>;
  readonly stateOf: (conversationSid: ConversationSid) => Promise<string | undefined>;
  readonly setInactive: (conversationSid: ConversationSid) => Promise<void>;
  readonly optOut: (pair: NumberPair) => Promise<void>;
  readonly waitMinutes: (minutes: number) => Promise<void>;
}

const pair = { address: '+12025550187', proxyAddress: '+12025550143' };
const other = { address: '+12025550199', proxyAddress: '+12025550143' };
const mark = 'a'.repeat(32);

/** What the conversations that we begin promise, in every account. */
export function outboundConversationsSuite(name: string, newWorld: () => Promise<OutboundConversationsWorld>): void {
  const open = async ({ conversations }: OutboundConversationsWorld, of = pair): Promise<ConversationSid> => {
    const named = await conversations.forOneMessage(undefined, 10);
    if (named.kind === 'refused') throw new Error('a conversation was refused');
    expect(await conversations.bind(named.conversationSid, of)).toEqual({ kind: 'bound' });
    return named.conversationSid;
  };

  describe(`${name}`, () => {
    it('are found by the pair that is bound to them, while they are open', async () => {
      const world = await newWorld();
      expect(await world.conversations.openWith(pair)).toBeUndefined();
      const conversationSid = await open(world);

      expect(await world.conversations.openWith(pair)).toEqual({
        conversationSid,
        state: 'active',
        isForOneMessage: true,
      });
      expect(await world.conversations.openWith(other)).toBeUndefined();
      expect(await world.conversations.openWith({ ...pair, proxyAddress: '+12025550100' })).toBeUndefined();
      await world.setInactive(conversationSid);
      expect(await world.conversations.openWith(pair)).toEqual({
        conversationSid,
        state: 'inactive',
        isForOneMessage: true,
      });
      await world.conversations.reopen(conversationSid);
      expect(await world.conversations.openWith(pair)).toMatchObject({ state: 'active' });
      await world.conversations.close(conversationSid);
      expect(await world.conversations.openWith(pair)).toBeUndefined();
    });

    it('are one for each name, also when it is closed', async () => {
      const { conversations } = await newWorld();
      const first = await conversations.forOneMessage(mark, 10);
      if (first.kind === 'refused') throw new Error('a conversation was refused');

      expect(first).toMatchObject({ kind: 'there', isClosed: false });
      expect(await conversations.forOneMessage(mark, 10)).toEqual(first);
      expect(await conversations.openWith(pair)).toBeUndefined();
      await conversations.bind(first.conversationSid, pair);
      expect(await conversations.openWith(pair)).toMatchObject({ uniqueName: mark });
      await conversations.close(first.conversationSid);
      expect(await conversations.forOneMessage(mark, 10)).toEqual({ ...first, isClosed: true });
      expect(await conversations.forOneMessage('b'.repeat(32), 10)).not.toMatchObject({
        conversationSid: first.conversationSid,
      });
    });

    it('have a pair once, and refuse it to another conversation', async () => {
      const world = await newWorld();
      const conversationSid = await open(world);
      const second = await open(world, other);

      expect(await world.conversations.bind(conversationSid, pair)).toEqual({ kind: 'bound' });
      expect(await world.conversations.bind(second, pair)).toMatchObject({ kind: 'refused', code: 50_416 });
    });

    it('hold what was said, to be found by its mark', async () => {
      const world = await newWorld();
      const conversationSid = await open(world);
      expect(await world.conversations.marked(conversationSid, mark)).toBeUndefined();

      const said = await world.conversations.say(conversationSid, 'Hello, é😀', mark);
      await world.conversations.say(conversationSid, 'And more', undefined);

      expect(said).toEqual({ kind: 'said', messageSid: expect.stringMatching(/^IM[0-9a-f]{32}$/) });
      expect(await world.conversations.marked(conversationSid, mark)).toEqual(said);
      expect(await world.conversations.marked(conversationSid, 'b'.repeat(32))).toBeUndefined();
      expect(await world.bodiesIn(conversationSid)).toEqual(['Hello, é😀', 'And more']);
    });

    it('tell how a message fares', async () => {
      const world = await newWorld();
      const [taken, refused] = [await open(world), await open(world, other)];
      await world.optOut(other);
      const receiptOf = async (conversationSid: ConversationSid) => {
        const said = await world.conversations.say(conversationSid, 'Hello', undefined);
        if (said.kind === 'refused') throw new Error('a message was refused');
        return world.conversations.receipt(conversationSid, said.messageSid);
      };

      expect(await receiptOf(taken)).toEqual({ isFailed: false });
      expect(await receiptOf(refused)).toEqual({ isFailed: true, errorCode: 21_610 });
    });

    it('take nothing when they are closed, and stay closed', async () => {
      const world = await newWorld();
      const conversationSid = await open(world);
      await world.conversations.close(conversationSid);

      expect(await world.conversations.say(conversationSid, 'Hello', mark)).toMatchObject({
        ...{ kind: 'refused', code: 50_377 },
      });
      await world.conversations.reopen(conversationSid);
      await world.conversations.close(conversationSid);
      expect(await world.stateOf(conversationSid)).toBe('closed');
    });

    it('close by themselves, though nobody comes back to them', async () => {
      const world = await newWorld();
      const conversationSid = await open(world);

      await world.waitMinutes(9);
      expect(await world.stateOf(conversationSid)).toBe('active');
      await world.waitMinutes(1);
      expect(await world.stateOf(conversationSid)).toBe('closed');
    });

    it('close later when they are told to', async () => {
      const world = await newWorld();
      const conversationSid = await open(world);
      await world.waitMinutes(5);
      await world.conversations.closeAfter(conversationSid, 10);

      await world.waitMinutes(9);
      expect(await world.stateOf(conversationSid)).toBe('active');
      await world.waitMinutes(1);
      expect(await world.stateOf(conversationSid)).toBe('closed');
    });
  });
}
