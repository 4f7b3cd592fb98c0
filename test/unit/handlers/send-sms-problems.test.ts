import { readFileSync } from 'node:fs';
import { agentNumber, customerNumber, order, startSmsWorld } from '../../support/twilio/sms-world.ts';
import type { Answered, SmsWorld } from '../../support/twilio/sms-world.ts';

let world: SmsWorld;
beforeEach(async () => {
  world = await startSmsWorld();
});
afterEach(() => world.stop());

const interactions = /^\/v1\/Interactions$/;
const typeOf = (name: string): string => `urn:flex-task-pipeline:problem:${name}`;
const told = ({ status, headers, json }: Answered) => ({
  ...{ status, type: json['type'], retryAfter: headers['Retry-After'] },
  ...(json['twilio'] !== undefined && { twilio: json['twilio'] }),
});
const ofTwilio = (code: number) => ({ code, moreInfo: `https://www.twilio.com/docs/errors/${code}` });

describe('the agent', () => {
  it('must be there', async () => {
    const answered = await world.send({ ...order, fromNumber: '+12025550199' });

    expect(told(answered)).toEqual({ status: 409, type: typeOf('no-worker-for-number') });
    expect(answered.json['detail']).toContain('"+12025550199"');
  });

  it('must be one', async () => {
    world.twilio.taskRouter.createWorker({ name: 'Kim', attributes: { phone: agentNumber } });

    const answered = await world.send(order);

    expect(told(answered)).toEqual({ status: 409, type: typeOf('several-workers-for-number') });
    expect(answered.json['detail']).toContain('2 workers');
  });

  it('must be available', async () => {
    world.twilio.taskRouter.setActivity(world.workerSid, 'Break');

    const answered = await world.send(order);

    expect(told(answered)).toEqual({ status: 409, type: typeOf('worker-unavailable') });
    expect(answered.json['detail']).toContain('"Break"');
    expect(world.posts(interactions)).toBe(0);
  });
});

describe('Twilio’s no', () => {
  it.each([
    { code: 21_211, status: 422, name: 'invalid-to-number' },
    { code: 21_614, status: 422, name: 'to-number-cannot-receive' },
    { code: 21_612, status: 422, name: 'to-number-unreachable' },
    { code: 21_606, status: 422, name: 'from-number-not-usable' },
    { code: 21_408, status: 422, name: 'region-not-permitted' },
    { code: 21_608, status: 422, name: 'recipient-not-verified' },
    { code: 21_610, status: 422, name: 'recipient-opted-out' },
    { code: 50_416, status: 409, name: 'conversation-conflict' },
    { code: 80_102, status: 409, name: 'conversation-conflict' },
    { code: 20_001, status: 502, name: 'refused-by-twilio' },
  ])('$code to an interaction is told as $name, with Twilio’s code', async ({ code, status, name }) => {
    world.twilio.chat.refuseNumber(customerNumber, code);

    expect(told(await world.send(order))).toEqual({ status, type: typeOf(name), twilio: ofTwilio(code) });
  });

  it('to an interaction that it had accepted is told as well', async () => {
    world.twilio.chat.takeTime({ setupMs: 1_000 });
    world.twilio.chat.failNextInteraction(45_361);

    expect(told(await world.send(order))).toEqual({
      ...{ status: 502, type: typeOf('failed-at-twilio'), twilio: ofTwilio(45_361) },
    });
  });

  it('to a message that an agent’s conversation begins with leaves the task, and says so by the code', async () => {
    world.twilio.chat.optOut({ address: customerNumber, proxyAddress: agentNumber });

    const answered = await world.keyed('k-1', { ...order, message: 'Hello' });

    expect(told(answered)).toEqual({ status: 422, type: typeOf('recipient-opted-out'), twilio: ofTwilio(21_610) });
    expect(world.twilio.taskRouter.tasks()).toHaveLength(1);
    // The same again: nothing is said twice to somebody who does not want it said once.
    expect(told(await world.keyed('k-1', { ...order, message: 'Hello' }))).toEqual(told(answered));
    expect(world.twilio.taskRouter.tasks()).toHaveLength(1);
    expect(world.posts(/\/Messages$/)).toBe(1);
  });
});

describe('what is not the caller’s fault', () => {
  it.each([
    { kind: 'too often', fault: { status: 429, retryAfterSeconds: 7 }, told: [429, 'rate-limited', '7'] },
    { kind: 'away', fault: { status: 503 }, told: [503, 'twilio-unavailable', '5'] },
    {
      kind: 'away for a stated time',
      fault: { status: 503, retryAfterSeconds: 30 },
      told: [503, 'twilio-unavailable', '30'],
    },
    { kind: 'our key refused', fault: { status: 401, code: 20_003 }, told: [503, 'twilio-credentials', '60'] },
    { kind: 'our key not permitted', fault: { status: 403, code: 20_003 }, told: [503, 'twilio-credentials', '60'] },
  ])('is told with when to come again: $kind', async ({ fault, told: [status, name, retryAfter] }) => {
    for (const path of [/Workers$/, interactions]) {
      world.twilio.faults.next(2, { path }, { kind: 'answer', ...fault });

      const answered = await world.send(order);

      expect([answered.status, answered.json['type'], answered.headers['Retry-After']]).toEqual([
        ...[status, typeOf(String(name)), retryAfter],
      ]);
      world.twilio.faults.clear();
    }
  });
});

describe('docs/messages.md', () => {
  const sources = ['problems', 'twilio-problems'].map((file) => readFileSync(`lambdas/send-sms/${file}.ts`, 'utf8'));
  const names = sources.flatMap((text) => [...text.matchAll(/name: '([a-z-]+)'/g)].map(([, name = '']) => name));
  const page = readFileSync('docs/messages.md', 'utf8');

  it('has a line for every problem', () => {
    expect(names.length).toBeGreaterThan(25);
    expect(names.filter((name) => !page.includes(`| \`${name}\``))).toEqual([]);
  });
});
