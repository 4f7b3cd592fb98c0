import { agentNumber, customerNumber, order, startSmsWorld } from '../../support/twilio/sms-world.ts';
import type { SmsWorld } from '../../support/twilio/sms-world.ts';
import { restCalls } from '../../support/twilio/rest-calls.ts';

let world: SmsWorld;
beforeEach(async () => {
  world = await startSmsWorld();
});
afterEach(() => world.stop());

const reply = { from: customerNumber, to: agentNumber, body: 'On my way' };

/** What a customer's answer began besides the task that there was. */
const tasksAfter = (): number => world.twilio.taskRouter.tasks().length;

/** The number's address, as the console or `twilio apply` sets it. */
const address = (autoCreation: Readonly<Record<string, string>>): Promise<unknown> =>
  restCalls(world).post('/v1/Configuration/Addresses', { Type: 'sms', Address: agentNumber, ...autoCreation });
const intoStudio = {
  'AutoCreation.Enabled': 'true',
  'AutoCreation.Type': 'studio',
  'AutoCreation.StudioFlowSid': `FW${'1'.repeat(32)}`,
};

describe.each([
  { address: 'no address configuration', configure: async () => undefined },
  { address: 'autocreation off', configure: () => address({ 'AutoCreation.Enabled': 'false' }) },
  { address: 'autocreation into a Studio flow', configure: () => address(intoStudio) },
])('with $address, a customer’s answer to an agent', ({ configure }) => {
  it('begins no second task: it goes into the conversation', async () => {
    await configure();
    const { json } = await world.send(order);
    world.accept();

    const received = world.twilio.chat.receiveSms(reply);

    expect(received).toEqual({ conversationSid: json['conversationSid'], isNewConversation: false });
    expect(tasksAfter()).toBe(1);
  });

  it('begins none either after an agent has left a long-lived conversation open', async () => {
    await configure();
    const { json } = await world.send(order);
    world.twilio.chat.endChat(world.accept(), { keepOpen: true });

    const received = world.twilio.chat.receiveSms(reply);

    expect(received).toEqual({ conversationSid: json['conversationSid'], isNewConversation: false });
    expect(tasksAfter()).toBe(1);
    // The agent finds it there.
    const again = await world.send(order);
    expect(again.json).toMatchObject({ conversationSid: json['conversationSid'], reused: true });
    expect(tasksAfter()).toBe(2);
  });
});

describe('after the agent has closed the conversation, a customer’s answer', () => {
  it('goes nowhere without autocreation', async () => {
    await world.send(order);
    world.twilio.chat.endChat(world.accept(), { keepOpen: false });

    expect(world.twilio.chat.receiveSms(reply)).toEqual({ isNewConversation: false });
    expect(tasksAfter()).toBe(1);
  });

  it('is a new contact with autocreation into a Studio flow, with one task', async () => {
    await address(intoStudio);
    const { json } = await world.send(order);
    world.twilio.chat.endChat(world.accept(), { keepOpen: false });

    const received = world.twilio.chat.receiveSms(reply);
    const more = world.twilio.chat.receiveSms({ ...reply, body: 'Hello?' });

    expect(received.conversationSid).not.toBe(json['conversationSid']);
    expect(received).toMatchObject({ isNewConversation: true, taskSid: expect.stringMatching(/^WT/) });
    expect(more).toEqual({ conversationSid: received.conversationSid, isNewConversation: false });
    expect(tasksAfter()).toBe(2);
  });
});

describe('a customer’s answer to a message without an agent', () => {
  it('is a new contact, because nobody looks at the conversation of the message', async () => {
    await address(intoStudio);
    const { json } = await world.send({ ...order, message: 'Your car is ready', agent: false });

    const received = world.twilio.chat.receiveSms(reply);

    expect(received).toMatchObject({ isNewConversation: true, taskSid: expect.stringMatching(/^WT/) });
    expect(received.conversationSid).not.toBe(json['conversationSid']);
  });

  it('ends messages to them when it is STOP, until it is START', async () => {
    const send = async () => (await world.send({ ...order, message: 'Your car is ready', agent: false })).status;

    world.twilio.chat.receiveSms({ ...reply, body: 'Stop ' });
    expect(await send()).toBe(422);
    world.twilio.chat.receiveSms({ ...reply, body: 'START' });
    expect(await send()).toBe(200);
  });
});
