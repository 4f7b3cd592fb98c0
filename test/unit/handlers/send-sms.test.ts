import { sids } from '../../support/example-sids.ts';
import { account } from '../../support/twilio/twilio-account.ts';
import { agentNumber, customerNumber, order, startSmsWorld } from '../../support/twilio/sms-world.ts';
import type { SmsWorld } from '../../support/twilio/sms-world.ts';

let world: SmsWorld;
beforeEach(async () => {
  world = await startSmsWorld();
});
afterEach(() => world.stop());

const interactions = /^\/v1\/Interactions$/;

describe('a message that an agent begins', () => {
  it('becomes a task for the agent whose number it comes from, with what the old function wrote', async () => {
    const { status, json } = await world.send(order);

    const [task] = world.twilio.taskRouter.tasks();
    expect(status).toBe(200);
    expect(JSON.parse(task?.attributes ?? '')).toMatchObject({
      targetWorkerPhone: agentNumber,
      autoAnswer: true,
      name: 'Ada Example',
      customerName: 'Ada Example',
      from: agentNumber,
      to: customerNumber,
      direction: 'outbound',
      customerAddress: customerNumber,
      channelType: 'sms',
      conversationSid: json['conversationSid'],
      flexInteractionSid: json['interactionSid'],
      flexInteractionChannelSid: json['channelSid'],
    });
    expect(task).toMatchObject({ channel: 'sms', queue: 'Everyone', taskSid: json['taskSid'] });
    expect(task?.reservations).toMatchObject([{ workerSid: world.workerSid, status: 'pending' }]);
  });

  it('has a conversation with the customer’s number and the agent’s', async () => {
    await world.send(order);

    const attributes = JSON.parse(world.twilio.taskRouter.tasks()[0]?.attributes ?? '');
    expect(world.twilio.chat.conversation(attributes.conversationSid)?.participants).toMatchObject([
      { address: customerNumber, proxyAddress: agentNumber },
    ]);
  });

  it('is answered with the new ids and, beside them, with the old function’s keys', async () => {
    const { json, headers } = await world.send(order);

    expect(headers).toEqual({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    expect(json).toEqual({
      conversationSid: expect.stringMatching(/^CH[0-9a-f]{32}$/),
      interactionSid: expect.stringMatching(/^KD[0-9a-f]{32}$/),
      channelSid: expect.stringMatching(/^UO[0-9a-f]{32}$/),
      taskSid: expect.stringMatching(/^WT[0-9a-f]{32}$/),
      reused: false,
      chatChannel: {
        sid: json['conversationSid'],
        task_sid: json['taskSid'],
        account_sid: account.accountSid,
        identity: null,
        flex_flow_sid: null,
        user_sid: null,
        url: `https://conversations.twilio.com/v1/Conversations/${json['conversationSid']}`,
      },
      proxySession: null,
    });
  });

  it('waits for what Flex makes after it has answered, as long as a caller can wait', async () => {
    world.twilio.chat.takeTime({ setupMs: 9_000 });

    const { status, json } = await world.send(order);

    expect(status).toBe(200);
    expect(json).toMatchObject({ taskSid: world.twilio.taskRouter.tasks()[0]?.taskSid, reused: false });
  });

  it('is answered 202 with what is known when Flex takes longer than that', async () => {
    world.twilio.chat.takeTime({ setupMs: 60_000 });
    const startedAt = world.clock.now();

    const { status, json } = await world.send(order);

    expect(status).toBe(202);
    expect(json).toMatchObject({
      interactionSid: expect.stringMatching(/^KD/),
      channelSid: expect.stringMatching(/^UO/),
      ...{ conversationSid: null, taskSid: null, proxySession: null },
      chatChannel: { sid: null, task_sid: null, url: null },
    });
    expect(world.clock.now() - startedAt).toBeLessThanOrEqual(12_000);
    expect(world.measures).toEqual(['outboundSms accepted']);
  });

  it('has its message in the conversation as soon as there is one', async () => {
    world.twilio.chat.takeTime({ setupMs: 1_000, receiptMs: 300 });

    const { status, json } = await world.send({ ...order, message: 'Your car is ready.\nSee you!' });

    const [task] = world.twilio.taskRouter.tasks();
    const { conversationSid } = JSON.parse(task?.attributes ?? '');
    expect(status).toBe(200);
    expect(world.twilio.chat.conversation(conversationSid)?.messages).toMatchObject([
      { body: 'Your car is ready.\nSee you!', author: 'system', sid: json['messageSid'] },
    ]);
  });

  it('is logged by ids alone', async () => {
    await world.send(order);

    expect(Object.assign({}, ...world.notes)).toEqual({
      workerSid: world.workerSid,
      taskSid: world.twilio.taskRouter.tasks()[0]?.taskSid,
      conversationSid: expect.stringMatching(/^CH/),
    });
  });
});

describe('where the two numbers are in a conversation already', () => {
  const begin = async (): Promise<string> => {
    await world.send(order);
    return world.accept();
  };

  it('is answered with the task that the agent is on, and nothing new is begun', async () => {
    const before = (await world.send(order)).json;
    world.accept();

    const { status, json } = await world.send(order);

    expect(status).toBe(200);
    expect(json).toEqual({ ...before, reused: true });
    expect(world.posts(interactions)).toBe(1);
    expect(world.twilio.taskRouter.tasks()).toHaveLength(1);
  });

  it('goes on in the open conversation with a new task, when the agent left it open', async () => {
    const first = await begin();
    world.twilio.chat.endChat(world.twilio.taskRouter.tasks()[0]?.taskSid ?? sids.task(), { keepOpen: true });

    const { status, json } = await world.send(order);

    const [, second] = world.twilio.taskRouter.tasks();
    expect(status).toBe(200);
    expect(json).toMatchObject({ taskSid: second?.taskSid, reused: true });
    expect(json['taskSid']).not.toBe(first);
    expect(JSON.parse(second?.attributes ?? '').conversationSid).toBe(json['conversationSid']);
    expect(JSON.parse(world.twilio.taskRouter.tasks()[0]?.attributes ?? '').conversationSid).toBe(
      json['conversationSid'],
    );
  });

  it('makes an inactive conversation active again before it goes on in it', async () => {
    const conversation = world.twilio.chat.start();
    world.twilio.chat.join(conversation, { address: customerNumber, proxyAddress: agentNumber });
    world.twilio.chat.setState(conversation, 'inactive');

    expect((await world.send(order)).json).toMatchObject({ conversationSid: conversation, reused: true });

    expect(world.twilio.chat.conversation(conversation)?.state).toBe('active');
  });

  it('begins another one when the agent closed it', async () => {
    await begin();
    world.twilio.chat.endChat(world.twilio.taskRouter.tasks()[0]?.taskSid ?? sids.task(), { keepOpen: false });

    const { json } = await world.send(order);

    expect(json).toMatchObject({ reused: false });
    expect(json['conversationSid']).not.toBe(
      JSON.parse(world.twilio.taskRouter.tasks()[0]?.attributes ?? '').conversationSid,
    );
  });

  it('leaves the customer where they are with another agent', async () => {
    world.twilio.taskRouter.createWorker({ name: 'Sam', attributes: { phone: '+12025550199' } });
    const other = world.twilio.taskRouter.createWorker({ name: 'Kim', attributes: {} });
    const conversation = world.twilio.chat.start();
    world.twilio.chat.join(conversation, { address: customerNumber, proxyAddress: agentNumber });
    const task = world.twilio.taskRouter.createTask({
      attributes: { conversationSid: conversation },
      ...{ channel: 'sms', queue: 'Everyone', workflow: 'Assign to Anyone' },
    });
    world.twilio.taskRouter.accept(world.twilio.taskRouter.reserve(task, other));

    const { status, json } = await world.send(order);

    expect(status).toBe(409);
    expect(json['type']).toBe('urn:flex-task-pipeline:problem:conversation-with-another-agent');
    expect(json['detail']).toContain(task);
    expect(world.posts(interactions)).toBe(0);
  });
});

describe('where conversations are not long-lived', () => {
  beforeEach(async () => {
    await world.stop();
    world = await startSmsWorld({ longLived: false });
  });

  it('closes an open conversation that nobody is on, and begins another', async () => {
    const conversation = world.twilio.chat.start();
    world.twilio.chat.join(conversation, { address: customerNumber, proxyAddress: agentNumber });

    const { status, json } = await world.send(order);

    expect(status).toBe(200);
    expect(json).toMatchObject({ reused: false });
    expect(json['conversationSid']).not.toBe(conversation);
    expect(world.twilio.chat.conversation(conversation)?.state).toBe('closed');
  });

  it('lets the agent go on who is in one', async () => {
    const before = (await world.send(order)).json;
    world.accept();

    expect((await world.send(order)).json).toEqual({ ...before, reused: true });
  });
});
