import { customerNumber, order, startSmsWorld } from '../../support/twilio/sms-world.ts';
import type { Answered, SmsWorld } from '../../support/twilio/sms-world.ts';

const alone = { ...order, message: 'Your car is ready', agent: false };
const messages = { method: 'POST', path: /\/Messages$/ } as const;
const said = (world: SmsWorld): number => world.posts(messages.path);
const typeOf = ({ json }: Answered) => String(json['type']).split(':').at(-1);

let world: SmsWorld;
beforeEach(async () => {
  world = await startSmsWorld();
});
afterEach(() => world.stop());

describe('what a caller is told to do', () => {
  const detailOf = ({ json }: Answered): string => String(json['detail']);

  it('works: a message that did not arrive is sent again under a new key, and only so', async () => {
    world.twilio.chat.loseMessagesTo(customerNumber, 30_003);
    const first = await world.keyed('k-1', alone);
    expect(detailOf(first)).toContain('new Idempotency-Key');

    expect(typeOf(await world.keyed('k-1', alone))).toBe('to-number-unreachable');
    expect(said(world)).toBe(1);
    await world.keyed('k-2', alone);
    expect(said(world)).toBe(2);
  });

  it('works: where the agent’s conversation was closed before the message, a new key', async () => {
    const close = (): void => world.twilio.chat.endChat(world.accept(), { keepOpen: false });
    world.twilio.faults.next(1, { method: 'GET', path: messages.path }, { kind: 'meanwhile', run: close });

    const first = await world.keyed('k-1', { ...order, message: 'Hello' });

    expect([typeOf(first), detailOf(first)]).toEqual([
      'conversation-closed',
      expect.stringContaining('new Idempotency-Key'),
    ]);
    expect((await world.keyed('k-2', { ...order, message: 'Hello' })).status).toBe(200);
  });

  it('does not promise a request without a key that it finds the one before', async () => {
    world.twilio.faults.next(1, { path: /^\/v1\/Interactions$/ }, { kind: 'lost-answer' });

    expect(detailOf(await world.send(order))).toContain('Without one');
  });
});

describe('an answer that comes before there is a conversation', () => {
  it('says that the message is not sent yet, and when to ask again', async () => {
    world.twilio.chat.takeTime({ setupMs: 20_000 });

    const early = await world.keyed('k-1', { ...order, message: 'Hello' });
    world.clock.advance(20_000);
    const late = await world.keyed('k-1', { ...order, message: 'Hello' });

    expect([early.status, early.headers['Retry-After']]).toEqual([202, '5']);
    expect(early.json).toHaveProperty('messageSid', null);
    expect(late.json).toHaveProperty('messageSid', expect.stringMatching(/^IM/));
    expect(late.headers).not.toHaveProperty('Retry-After');
  });
});

describe('a text that says what no telephone and no chat could show', () => {
  it.each([
    { what: 'half of a surrogate pair', body: { ...order, toName: 'Ada \ud83d' }, pointer: '#/toName' },
    { what: 'half of a surrogate pair', body: { ...alone, message: 'Hello \ud83d' }, pointer: '#/message' },
    { what: 'a sign that turns the text around', body: { ...order, toName: 'Ada \u202eelpmaxE' }, pointer: '#/toName' },
    { what: 'a line separator', body: { ...order, toName: 'Ada\u2028Example' }, pointer: '#/toName' },
  ])('is refused with its place: $what', async ({ body, pointer }) => {
    const { status, json } = await world.send(body);

    expect([status, json['errors']]).toEqual([400, [{ pointer, detail: expect.stringContaining('take it away') }]]);
    expect(world.twilio.requests()).toHaveLength(0);
  });

  it('is measured as it is sent, line breaks and all', async () => {
    const { json } = await world.send({ ...alone, message: 'Hi\r\n'.repeat(401) });

    expect(json['errors']).toEqual([{ pointer: '#/message', detail: expect.stringContaining('1 to 1600 characters') }]);
  });

  it('is not taken for none: agent null', async () => {
    expect((await world.send({ ...order, agent: null })).json['errors']).toMatchObject([{ pointer: '#/agent' }]);
  });
});
