import { customerNumber, order, startSmsWorld } from '../../support/twilio/sms-world.ts';
import type { SmsWorld } from '../../support/twilio/sms-world.ts';

let world: SmsWorld;
beforeEach(async () => {
  world = await startSmsWorld();
});
afterEach(() => world.stop());

const interactions = /^\/v1\/Interactions$/;
const typeOf = (name: string): string => `urn:flex-task-pipeline:problem:${name}`;
const hour = 3_600_000;

describe('a request with an idempotency key', () => {
  it('is answered the same again, and nothing is sent', async () => {
    const first = await world.keyed('k-1');
    const requestsBefore = world.twilio.requests().length;

    const second = await world.keyed('k-1');

    expect(second).toEqual({ ...first, headers: { ...first.headers, 'Idempotency-Replayed': 'true' } });
    expect(world.twilio.requests()).toHaveLength(requestsBefore);
    expect(world.measures).toEqual(['outboundSms sent', 'outboundSms replayed']);
  });

  it('marks its task, and keeps nothing that names anybody', async () => {
    await world.keyed('k-1', { ...order, message: 'Your car is ready' });

    const attributes = JSON.parse(world.twilio.taskRouter.tasks()[0]?.attributes ?? '');
    expect(attributes.outboundRequest).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(world.requests.all())).not.toMatch(/2025550|Ada|car|k-1|crm/);
  });

  it('is told apart from another request under the same key', async () => {
    await world.keyed('k-1');

    const { status, json } = await world.keyed('k-1', { ...order, toNumber: '+12025550199' });

    expect([status, json['type']]).toEqual([422, typeOf('idempotency-key-reused')]);
    expect(world.posts(interactions)).toBe(1);
  });

  it('is one of its own without a key, and under another key', async () => {
    await world.send(order);
    world.twilio.chat.endChat(world.accept(), { keepOpen: false });
    await world.send(order);
    world.twilio.chat.endChat(world.accept(), { keepOpen: false });
    await world.keyed('k-2');

    expect(world.twilio.taskRouter.tasks()).toHaveLength(3);
  });

  it('is forgotten after a day', async () => {
    await world.keyed('k-1');
    world.twilio.chat.endChat(world.accept(), { keepOpen: false });
    world.clock.advance(24 * hour);

    expect((await world.keyed('k-1')).headers['Idempotency-Replayed']).toBeUndefined();

    expect(world.posts(interactions)).toBe(2);
  });

  it('tells, when it comes again, what Twilio had not said yet', async () => {
    world.twilio.chat.takeTime({ setupMs: 30_000 });
    const first = await world.keyed('k-1', { ...order, message: 'Hello' });
    world.clock.advance(30_000);

    const second = await world.keyed('k-1', { ...order, message: 'Hello' });

    expect([first.status, second.status]).toEqual([202, 200]);
    expect(second.headers['Idempotency-Replayed']).toBe('true');
    expect(second.json).toMatchObject({
      interactionSid: first.json['interactionSid'],
      taskSid: world.twilio.taskRouter.tasks()[0]?.taskSid,
      messageSid: expect.stringMatching(/^IM/),
    });
    expect(world.posts(interactions)).toBe(1);
  });

  it('may be corrected and sent under its key again when nothing was sent', async () => {
    world.twilio.chat.refuseNumber(customerNumber, 21_211);
    expect((await world.keyed('k-1')).status).toBe(422);

    expect((await world.keyed('k-1', { ...order, toNumber: '+12025550199' })).status).toBe(200);
  });

  it('may be sent again at once when the agent was away', async () => {
    world.twilio.taskRouter.setActivity(world.workerSid, 'Break');
    expect((await world.keyed('k-1')).status).toBe(409);
    world.twilio.taskRouter.setActivity(world.workerSid, 'Available');

    expect((await world.keyed('k-1')).status).toBe(200);
  });

  it('waits while another run has it', async () => {
    const answers: unknown[] = [];
    world.twilio.faults.next(
      1,
      { path: interactions },
      {
        kind: 'meanwhile',
        run: () => void answers.push(world.keyed('k-1')),
      },
    );

    await world.keyed('k-1');

    expect(await Promise.all(answers)).toMatchObject([
      { status: 409, json: { type: typeOf('request-in-progress') }, headers: { 'Retry-After': '45' } },
    ]);
    expect(world.posts(interactions)).toBe(1);
  });

  it('finds what it began when Twilio’s answer was lost', async () => {
    world.twilio.faults.next(1, { path: interactions }, { kind: 'lost-answer' });
    expect((await world.keyed('k-1')).json['type']).toBe(typeOf('twilio-unavailable'));
    expect((await world.keyed('k-1')).json['type']).toBe(typeOf('request-in-progress'));
    world.clock.advance(15_000);

    const { status, json } = await world.keyed('k-1');

    expect(status).toBe(200);
    expect(json).toMatchObject({ taskSid: world.twilio.taskRouter.tasks()[0]?.taskSid, reused: false });
    expect(json['interactionSid']).toMatch(/^KD/);
    expect(world.posts(interactions)).toBe(1);
  });

  it('is sent after all when Twilio did not get it', async () => {
    world.twilio.faults.next(1, { path: interactions }, { kind: 'answer', status: 503 });
    await world.keyed('k-1');
    world.clock.advance(15_000);

    expect((await world.keyed('k-1')).status).toBe(200);

    expect(world.twilio.taskRouter.tasks()).toHaveLength(1);
  });

  it('is left to a person when a task of it would be deleted by now', async () => {
    world.twilio.faults.next(1, { path: interactions }, { kind: 'lost-answer' });
    await world.keyed('k-1');
    world.twilio.chat.endChat(world.accept(), { keepOpen: true });
    world.clock.advance(5 * 60_000);

    const { status, json } = await world.keyed('k-1');

    expect([status, json['type']]).toEqual([409, typeOf('outcome-unknown')]);
    expect(world.posts(interactions)).toBe(1);
    // And stays so.
    expect((await world.keyed('k-1')).json['type']).toBe(typeOf('outcome-unknown'));
  });

  it('is answered to each of its callers alone', async () => {
    await world.keyed('k-1');
    world.twilio.chat.endChat(world.accept(), { keepOpen: false });

    const { headers } = await world.keyed('k-1', order);
    expect(headers['Idempotency-Replayed']).toBe('true');

    const other = await world.send(order, { 'idempotency-key': 'k-1' }, 'shop');
    expect(other.headers['Idempotency-Replayed']).toBeUndefined();
    expect(world.requests.all().filter(({ progress }) => progress.kind === 'done')).toHaveLength(2);
  });
});

describe('two requests for one customer at the same moment', () => {
  it('begin one task in the open conversation: the other is asked to come again, and then finds it', async () => {
    await world.keyed('k-1');
    world.twilio.chat.endChat(world.accept(), { keepOpen: true });

    const answers = await Promise.all([world.keyed('k-2'), world.keyed('k-3')]);

    const [begun, busy] = answers.toSorted((one, other) => one.status - other.status);
    expect([begun?.status, busy?.status, busy?.json['type']]).toEqual([200, 409, typeOf('customer-busy')]);
    expect(Number(busy?.headers['Retry-After'])).toBeGreaterThan(0);
    const again = await world.keyed(answers[0] === busy ? 'k-2' : 'k-3');
    expect([again.status, again.json['taskSid']]).toEqual([200, begun?.json['taskSid']]);
    expect(world.twilio.taskRouter.tasks()).toHaveLength(2);
  });

  it('do not keep each other back where the customers are two', async () => {
    const other = { ...order, toNumber: '+12025550199' };

    const answers = await Promise.all([world.keyed('k-1'), world.keyed('k-2', other)]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('keep the turn of a run that was killed for no longer than it could have lasted', async () => {
    await world.stop();
    world = await startSmsWorld({ killAt: { effect: 3, when: 'before' } });
    await world.keyed('k-1');
    expect(world.killer.effects).toEqual(['save', 'save', 'save', 'start']);
    world.killer.revive();
    expect((await world.keyed('k-2')).json['type']).toBe(typeOf('customer-busy'));

    world.clock.advance(31_000);

    expect((await world.keyed('k-2')).status).toBe(200);
  });
});
