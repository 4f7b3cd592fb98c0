import { twilioSignature } from '../../support/runtime/twilio-signature.ts';
import { exampleProperties } from '../../support/twilio/openapi-example.ts';
import { restCalls, sidsOf, textOf } from '../../support/twilio/rest-calls.ts';
import { account, startAccount, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';
import { catchWebhooks, type WebhookCatcher } from '../../support/twilio/webhook-catcher.ts';

const HOUR_MS = 3_600_000;

describe('the simulator’s sinks', () => {
  let under: TwilioUnderTest;
  let catcher: WebhookCatcher;
  beforeEach(async () => {
    under = await startAccount();
    catcher = await catchWebhooks();
  });
  afterEach(() => Promise.all([under.twilio.stop(), catcher.close()]));

  const calls = () => restCalls(under);
  const configuration = (destination: string): string =>
    JSON.stringify({ destination, method: 'POST', batch_events: false });
  const create = (destination = `${catcher.url}/sink`, more: Readonly<Record<string, string>> = {}) =>
    calls().post('/v1/Sinks', {
      ...{ Description: 'Task pipeline', SinkType: 'webhook', SinkConfiguration: configuration(destination) },
      ...more,
    });
  const created = async (destination?: string): Promise<string> => textOf(await create(destination), 'sid');
  const test = async (sid: string): Promise<string> => {
    await calls().post(`/v1/Sinks/${sid}/Test`, {});
    await under.twilio.settled();
    return testIdOf(catcher);
  };
  const statusOf = async (sid: string): Promise<unknown> => (await calls().get(`/v1/Sinks/${sid}`)).json['status'];

  it('have every property of Twilio’s example, and begin initialized', async () => {
    const { status, json } = await create();

    expect(status).toBe(201);
    expect(Object.keys(json).sort()).toEqual(
      exampleProperties('events_v1', { method: 'post', path: '/v1/Sinks', example: 'create' }),
    );
    expect(json).toMatchObject({
      description: 'Task pipeline',
      sink_type: 'webhook',
      sink_configuration: { destination: `${catcher.url}/sink`, method: 'POST', batch_events: false },
      status: 'initialized',
      date_created: '2026-11-20T08:00:00Z',
    });
  });

  it('are tried with a signed test event whose id is the account’s, and active once its test_id comes back', async () => {
    const sid = await created();

    expect(await calls().post(`/v1/Sinks/${sid}/Test`, {})).toEqual({ status: 201, json: { result: 'submitted' } });
    expect(await statusOf(sid)).toBe('validating');
    await under.twilio.settled();

    const [caught] = catcher.caught;
    expect(JSON.parse(caught?.body ?? '')).toMatchObject([{ specversion: '1.0', id: account.accountSid }]);
    expect(caught?.headers['x-twilio-signature']).toBe(
      twilioSignature(account.authToken, `${catcher.url}${caught?.url ?? ''}`),
    );
    expect(await calls().post(`/v1/Sinks/${sid}/Validate`, { TestId: testIdOf(catcher) })).toEqual({
      status: 201,
      json: { result: 'valid' },
    });
    expect(await statusOf(sid)).toBe('active');
  });

  it('are not made active by another id, nor by that of a test before the last', async () => {
    const sid = await created();
    const first = await test(sid);
    const second = await test(sid);

    for (const TestId of [`TI${'0'.repeat(32)}`, first]) {
      expect((await calls().post(`/v1/Sinks/${sid}/Validate`, { TestId })).status).toBe(400);
      expect(await statusOf(sid)).toBe('validating');
    }
    await calls().post(`/v1/Sinks/${sid}/Validate`, { TestId: second });
    expect(await statusOf(sid)).toBe('active');
  });

  it('stay active while they are tried again', async () => {
    const sid = await created();
    await calls().post(`/v1/Sinks/${sid}/Validate`, { TestId: await test(sid) });
    await test(sid);

    expect(await statusOf(sid)).toBe('active');
  });

  it('fail when their test is refused, and by four hours without an answer', async () => {
    const refused = await created();
    catcher.answerAlways(403);
    await test(refused);
    const unreachable = await created('https://pipeline.example.com/v1/twilio/event-streams');
    await calls().post(`/v1/Sinks/${unreachable}/Test`, {});
    await under.twilio.settled();

    expect(await statusOf(refused)).toBe('failed');
    expect(await statusOf(unreachable)).toBe('validating');
    under.clock.advance(5 * HOUR_MS);
    await under.twilio.settled();
    expect(await statusOf(unreachable)).toBe('failed');
  });

  it('below the public URL are tried at the API that stands behind it, signed over the public one', async () => {
    const publicUrl = 'https://pipeline.example.com/v1';
    under.twilio.deliverTo({ publicUrl, apiUrl: `${catcher.url}/stage`, transports: [] });
    await test(await created(`${publicUrl}/twilio/event-streams`));

    const [caught] = catcher.caught;
    const query = /\?bodySHA256=[0-9a-f]{64}$/.exec(caught?.url ?? '')?.[0] ?? 'no hash';
    expect(caught?.url).toBe(`/stage/twilio/event-streams${query}`);
    expect(caught?.headers['x-twilio-signature']).toBe(
      twilioSignature(account.authToken, `${publicUrl}/twilio/event-streams${query}`),
    );
  });

  it('begin active where the account is one of those, which is told that every test is valid', async () => {
    under.twilio.account.letSinksBegin('active');
    const sid = await created();

    expect(await statusOf(sid)).toBe('active');
    expect(await calls().post(`/v1/Sinks/${sid}/Validate`, { TestId: `TI${'0'.repeat(32)}` })).toEqual({
      ...{ status: 201, json: { result: 'valid' } },
    });
  });

  it('can be described anew, listed by status and use, and deleted', async () => {
    const [one, other] = [await created(), await created()];
    expect((await calls().post(`/v1/Sinks/${one}`, { Description: 'New' })).json).toMatchObject({ description: 'New' });
    await calls().post(`/v1/Sinks/${one}/Validate`, { TestId: await test(one) });

    const listed = async (query: string) => sidsOf(await calls().get(`/v1/Sinks?${query}`), 'sinks');
    expect(await listed('Status=active')).toEqual([one]);
    expect(await listed('InUse=false')).toEqual([one, other]);
    expect((await calls().delete(`/v1/Sinks/${other}`)).status).toBe(204);
    expect(await listed('')).toEqual([one]);
    expect((await calls().get(`/v1/Sinks/${other}`)).status).toBe(404);
  });

  it.each([
    ['without a destination', { SinkConfiguration: '{"method":"POST"}' }],
    ['that are no JSON', { SinkConfiguration: 'https://example.com' }],
    [
      'with a misspelt setting',
      { SinkConfiguration: '{"destination":"https://example.com","method":"POST","batch":true}' },
    ],
    ['of another type', { SinkType: 'kinesis' }],
    ['with a field that Twilio does not know', { Descripton: 'x' }],
    ['without a description', { Description: '' }],
  ])('are refused %s', async (_which, more) => {
    expect((await create(undefined, more)).status).toBe(400);
    expect(under.twilio.account.sinks()).toEqual([]);
  });
});

function testIdOf(catcher: WebhookCatcher): string {
  const [event]: readonly { data: { test_id: string } }[] = JSON.parse(catcher.caught.at(-1)?.body ?? '[]');
  return event?.data.test_id ?? 'none';
}
