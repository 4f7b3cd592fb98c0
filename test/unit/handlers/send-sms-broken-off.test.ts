import { conversationSid } from '../../../lambdas/shared/domain/sids.ts';
import { agentNumber, customerNumber, order, startSmsWorld } from '../../support/twilio/sms-world.ts';
import type { Answered, SmsWorld } from '../../support/twilio/sms-world.ts';
import { restCalls } from '../../support/twilio/rest-calls.ts';

const alone = { ...order, message: 'Your car is ready', agent: false };
const pair = { address: customerNumber, proxyAddress: agentNumber };
const messages = { method: 'POST', path: /\/Messages$/ } as const;
const said = (world: SmsWorld): number => world.posts(messages.path);
const typeOf = ({ json }: Answered) => String(json['type']).split(':').at(-1);
const day = 24 * 3_600_000;

let worlds: SmsWorld[] = [];
async function newWorld(...options: Parameters<typeof startSmsWorld>): Promise<SmsWorld> {
  const world = await startSmsWorld(...options);
  worlds.push(world);
  return world;
}
afterEach(async () => {
  await Promise.all(worlds.map((world) => world.stop()));
  worlds = [];
});

describe('the same request under the same key, when the key is forgotten', () => {
  it('is sent again: a message without an agent', async () => {
    const world = await newWorld();
    await world.keyed('k-1', alone);
    world.clock.advance(day);

    const answered = await world.keyed('k-1', alone);

    expect([answered.status, said(world)]).toEqual([200, 2]);
  });

  it('is sent again: a message in a conversation that was left open', async () => {
    const world = await newWorld();
    await world.keyed('k-1', { ...order, message: 'Hello' });
    world.twilio.chat.endChat(world.accept(), { keepOpen: true });
    world.clock.advance(day);

    const answered = await world.keyed('k-1', { ...order, message: 'Hello' });

    expect([answered.status, said(world)]).toEqual([200, 2]);
  });
});

describe('a message that was said before its run was broken off', () => {
  it('is not said again when the conversation that it stands in was closed meanwhile', async () => {
    const world = await newWorld();
    const open = world.twilio.chat.start();
    world.twilio.chat.join(open, pair);
    world.twilio.faults.next(1, { path: /\/Receipts$/ }, { kind: 'answer', status: 503 });
    expect((await world.keyed('k-1', alone)).status).toBe(503);
    world.twilio.chat.setState(open, 'closed');
    world.clock.advance(60_000);

    const answered = await world.keyed('k-1', alone);

    expect(answered.json).toMatchObject({ conversationSid: open, reused: true });
    expect(said(world)).toBe(1);
  });

  it('is not said again when the customer has answered it, which began a conversation', async () => {
    const undisturbed = await newWorld();
    await undisturbed.keyed('k-1', alone);
    const effect = undisturbed.killer.effects.indexOf('close');
    const world = await newWorld({ killAt: { effect, when: 'after' } });
    await restCalls(world).post('/v1/Configuration/Addresses', {
      ...{ Type: 'sms', Address: agentNumber, 'AutoCreation.Enabled': 'true', 'AutoCreation.Type': 'studio' },
      'AutoCreation.StudioFlowSid': `FW${'1'.repeat(32)}`,
    });
    await world.keyed('k-1', alone);
    world.killer.revive();
    const received = world.twilio.chat.receiveSms({ from: customerNumber, to: agentNumber, body: 'Thank you' });
    expect(received.isNewConversation).toBe(true);
    world.clock.advance(60_000);

    const answered = await world.keyed('k-1', alone);

    expect([answered.status, said(world)]).toEqual([200, 1]);
    expect(answered.json['conversationSid']).not.toBe(received.conversationSid);
  });

  it.each([
    { what: 'without an agent', body: alone, slow: { method: 'POST', path: /\/Participants$/ } },
    { what: 'of a task', body: { ...order, message: 'Hello' }, slow: { method: 'GET', path: /\/Channels$/ } },
  ] as const)('is looked for only when Twilio had the time to show it: a message $what', async ({ body, slow }) => {
    const world = await newWorld();
    world.twilio.faults.next(1, slow, { kind: 'meanwhile', run: () => world.clock.advance(16_000) });
    world.twilio.faults.next(1, messages, { kind: 'lost-answer' });
    await world.keyed('k-1', body);

    const soon = await world.keyed('k-1', body);
    world.clock.advance(15_000);
    const later = await world.keyed('k-1', body);

    expect([typeOf(soon), later.status, said(world)]).toEqual(['request-in-progress', 200, 1]);
  });
});

describe('a conversation that was begun for a message alone', () => {
  it('is closed by Twilio when the run is killed and nobody asks again', async () => {
    const undisturbed = await newWorld();
    await undisturbed.send(alone);
    const effect = undisturbed.killer.effects.indexOf('bind');
    const world = await newWorld({ killAt: { effect, when: 'after' } });
    await world.send(alone);

    const reply = { from: customerNumber, to: agentNumber, body: 'Who is this?' };
    expect(world.twilio.chat.receiveSms(reply).conversationSid).toMatch(/^CH/);
    world.clock.advance(600_000);
    expect(world.twilio.chat.receiveSms(reply)).toEqual({ isNewConversation: false });
  });

  it('is none that an agent goes on in, because it closes by itself', async () => {
    const world = await newWorld({ longLived: true });
    world.twilio.chat.takeTime({ receiptMs: 60_000 });
    const before = await world.send(alone);

    const { status, json } = await world.send(order);
    world.clock.advance(600_000);

    expect(status).toBe(200);
    expect(json).toMatchObject({ reused: false });
    expect(json['conversationSid']).not.toBe(before.json['conversationSid']);
    expect(world.twilio.chat.conversation(conversationSid(String(json['conversationSid'])))?.state).toBe('active');
  });
});

describe('a conversation that was left open', () => {
  it.each([
    { longLived: false, state: 'active' },
    { longLived: true, state: 'inactive' },
  ] as const)('stays as it is when the agent is not available: longLived $longLived', async ({ longLived, state }) => {
    const world = await newWorld({ longLived });
    const open = world.twilio.chat.start();
    world.twilio.chat.join(open, pair);
    world.twilio.chat.setState(open, state);
    world.twilio.taskRouter.setActivity(world.workerSid, 'Break');

    expect(typeOf(await world.send(order))).toBe('worker-unavailable');

    expect(world.twilio.chat.conversation(open)?.state).toBe(state);
  });
});
