import { conversationSid } from '../../../lambdas/shared/domain/sids.ts';
import { agentNumber, customerNumber, order, startSmsWorld } from '../../support/twilio/sms-world.ts';
import type { Answered, SmsWorld } from '../../support/twilio/sms-world.ts';

let world: SmsWorld;
beforeEach(async () => {
  world = await startSmsWorld();
});
afterEach(() => world.stop());

const alone = { ...order, message: 'Your car is ready', agent: false };
const pair = { address: customerNumber, proxyAddress: agentNumber };
const conversationOf = ({ json }: Answered) =>
  world.twilio.chat.conversation(conversationSid(String(json['conversationSid'])));

describe('a message without an agent', () => {
  it('is sent to the customer, with no interaction and no task', async () => {
    const answered = await world.send(alone);

    expect(answered.status).toBe(200);
    expect(answered.json).toMatchObject({
      ...{ interactionSid: null, channelSid: null, taskSid: null, reused: false },
      chatChannel: { sid: answered.json['conversationSid'], task_sid: null },
      messageSid: conversationOf(answered)?.messages[0]?.sid,
    });
    expect(conversationOf(answered)).toMatchObject({
      participants: [pair],
      messages: [{ body: 'Your car is ready', author: 'system' }],
    });
    expect(world.twilio.taskRouter.tasks()).toEqual([]);
    expect(world.posts(/Interactions/)).toBe(0);
  });

  it('needs no agent to be there', async () => {
    world.twilio.taskRouter.setActivity(world.workerSid, 'Offline');

    expect((await world.send(alone)).status).toBe(200);
  });

  it('closes its conversation as soon as the message is on its way, so that an answer is a contact like any other', async () => {
    world.twilio.chat.takeTime({ receiptMs: 500 });

    expect(conversationOf(await world.send(alone))?.state).toBe('closed');
  });

  it('has Twilio close it ten minutes later when nothing is heard of the message', async () => {
    world.twilio.chat.takeTime({ receiptMs: 60_000 });
    const answered = await world.send(alone);

    expect(conversationOf(answered)?.state).toBe('active');
    world.clock.advance(600_000);
    expect(conversationOf(answered)?.state).toBe('closed');
  });

  it('goes into the open conversation of the two numbers, which stays open', async () => {
    const before = await world.send(order);

    const answered = await world.send(alone);

    expect(answered.json).toMatchObject({ conversationSid: before.json['conversationSid'], reused: true });
    expect(conversationOf(answered)).toMatchObject({ state: 'active', messages: [{ body: 'Your car is ready' }] });
  });

  it('is sent once under its key', async () => {
    const first = await world.keyed('k-1', alone);
    const second = await world.keyed('k-1', alone);

    expect(second.json).toEqual(first.json);
    expect(conversationOf(first)?.messages).toHaveLength(1);
    expect(world.posts(/\/Messages$/)).toBe(1);
  });

  it('is found again in its conversation when the answer to it was lost', async () => {
    world.twilio.faults.next(1, { method: 'POST', path: /\/Messages$/ }, { kind: 'lost-answer' });
    expect((await world.keyed('k-1', alone)).status).toBe(503);
    world.clock.advance(15_000);

    const answered = await world.keyed('k-1', alone);

    expect(answered.status).toBe(200);
    expect(answered.json).toMatchObject({ reused: false });
    expect(conversationOf(answered)?.messages).toHaveLength(1);
    expect(conversationOf(answered)?.state).toBe('closed');
  });

  it.each([
    { who: 'opted out', code: 21_610, name: 'recipient-opted-out' },
    { who: 'has a landline', code: 30_006, name: 'to-number-cannot-receive' },
    { who: 'cannot be reached', code: 30_003, name: 'to-number-unreachable' },
    { who: 'has it filtered', code: 30_007, name: 'message-blocked' },
  ])('is told as $name when the customer $who', async ({ code, name }) => {
    world.twilio.chat.takeTime({ receiptMs: 300 });
    if (code === 21_610) world.twilio.chat.optOut(pair);
    else world.twilio.chat.loseMessagesTo(customerNumber, code);

    const { status, json } = await world.send(alone);

    expect(status).toBe(422);
    expect(json).toMatchObject({ type: `urn:flex-task-pipeline:problem:${name}`, twilio: { code } });
  });

  it('is told what is wrong with a number that Twilio does not take', async () => {
    world.twilio.chat.refuseNumber(customerNumber, 50_407);

    expect((await world.keyed('k-1', alone)).json).toMatchObject({
      ...{ type: 'urn:flex-task-pipeline:problem:invalid-to-number', twilio: { code: 50_407 } },
    });
    // Corrected under the same key, it goes to the right customer and to nobody else.
    const answered = await world.keyed('k-1', { ...alone, toNumber: '+12025550199' });
    expect(conversationOf(answered)?.participants).toMatchObject([{ address: '+12025550199' }]);
  });
});
