import { agentNumber, customerNumber, order, startSmsWorld } from '../../support/twilio/sms-world.ts';
import type { SmsWorld } from '../../support/twilio/sms-world.ts';

let world: SmsWorld;
beforeEach(async () => {
  world = await startSmsWorld();
});
afterEach(() => world.stop());

const problem = (name: string): string => `urn:flex-task-pipeline:problem:${name}`;

/** The pointers of the faults, with what is said of each. */
const faultsOf = async (body: unknown): Promise<Readonly<Record<string, string>>> => {
  const { status, json } = await world.send(body);
  expect([status, json['type']]).toEqual([400, problem('invalid-request')]);
  const { errors } = json;
  return Object.fromEntries(
    (Array.isArray(errors) ? errors : []).map(({ pointer, detail }): [string, string] => [pointer, detail]),
  );
};

describe('a request that cannot be read', () => {
  it.each([
    { what: 'no JSON', body: '{"fromNumber":', headers: {}, status: 400, name: 'not-json' },
    { what: 'nothing at all', body: '', headers: {}, status: 400, name: 'not-json' },
    { what: 'a list', body: '[]', headers: {}, status: 400, name: 'not-an-object' },
    { what: 'a text', body: '"+12025550187"', headers: {}, status: 400, name: 'not-an-object' },
    {
      what: 'a form',
      body: 'fromNumber=%2B12025550143',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      ...{ status: 415, name: 'wrong-content-type' },
    },
    {
      what: 'JSON in another encoding',
      body: JSON.stringify(order),
      headers: { 'content-type': 'application/json; charset=iso-8859-1' },
      ...{ status: 415, name: 'wrong-content-type' },
    },
    {
      what: 'more than anybody would send',
      body: JSON.stringify({ ...order, message: 'x'.repeat(20_000) }),
      ...{ headers: {}, status: 413, name: 'body-too-large' },
    },
    {
      what: 'a key with a blank in it',
      body: JSON.stringify(order),
      headers: { 'idempotency-key': 'two words' },
      ...{ status: 400, name: 'idempotency-key-invalid' },
    },
  ])('is refused as $name when it is $what', async ({ body, headers, status, name }) => {
    const answered = await world.send(body, headers);

    expect(answered).toMatchObject({
      status,
      reason: name,
      headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
      json: {
        ...{ type: problem(name), status, instance: 'urn:flex-task-pipeline:request:request-1' },
        ...{ title: expect.stringMatching(/\w/), detail: expect.stringMatching(/\w/) },
      },
    });
    expect(world.twilio.requests()).toEqual([]);
  });

  it('is told what of its Content-Type is wrong', async () => {
    const detailOf = async (contentType: string) =>
      (await world.send(order, { 'content-type': contentType })).json['detail'];

    expect(await detailOf('')).toContain('is missing; send application/json');
    expect(await detailOf('text/plain')).toContain('is another one; send application/json');
    expect(await detailOf('application/json; charset=iso-8859-1')).toContain('is JSON in another encoding than UTF-8');
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'is none of these as %s',
    async (contentType) => {
      expect((await world.send(order, { 'content-type': contentType })).status).toBe(200);
    },
  );
});

describe('a body with faults', () => {
  it('is told all of them at once, each by its pointer', async () => {
    const faults = await faultsOf({ fromNumber: '202 555 0143', toName: '', toNubmer: customerNumber, agent: 'no' });

    expect(Object.keys(faults).sort()).toEqual(['#/agent', '#/fromNumber', '#/toName', '#/toNubmer', '#/toNumber']);
    expect(faults['#/toNubmer']).toMatch(/^unknown; did you mean toNumber\? known are fromNumber, /);
    expect(faults['#/toNumber']).toContain('missing');
    expect(faults['#/agent']).toContain('true');
  });

  it.each([
    { what: 'without a country', toNumber: '2025550187', says: 'plus sign' },
    { what: 'with signs between its digits', toNumber: '+1 (202) 555-0187', says: 'did you mean "+12025550187"?' },
    { what: 'a digit short', toNumber: '+1202555018', says: 'digits are missing or too many' },
    { what: 'with words around it', toNumber: '+12025550187 (home)', says: 'no number' },
    { what: 'a number of JSON', toNumber: 12_025_550_187, says: 'is a number; wanted a number in E.164' },
    { what: 'null', toNumber: null, says: 'is null' },
    { what: 'the one that it comes from', toNumber: agentNumber, says: 'the same as fromNumber' },
  ])('takes no number that is $what', async ({ toNumber, says }) => {
    expect((await faultsOf({ ...order, toNumber }))['#/toNumber']).toContain(says);
  });

  it.each([
    { what: 'blanks', toName: '   ' },
    { what: 'more than 256 characters', toName: 'x'.repeat(257) },
    { what: 'a control character', toName: 'Ada\u0007Example' },
    { what: 'a line break', toName: 'Ada\nExample' },
    { what: 'a number', toName: 7 },
  ])('takes no name of $what', async ({ toName }) => {
    expect(Object.keys(await faultsOf({ ...order, toName }))).toEqual(['#/toName']);
  });

  it('takes a name of 256 characters, of any script', async () => {
    expect((await world.send({ ...order, toName: 'é😀'.repeat(85) + 'x' })).status).toBe(200);
  });

  it('wants a message where there is no agent, and none of nothing', async () => {
    expect(Object.keys(await faultsOf({ ...order, agent: false }))).toEqual(['#/message']);
    expect(Object.keys(await faultsOf({ ...order, message: '' }))).toEqual(['#/message']);
    expect(Object.keys(await faultsOf({ ...order, message: 'x'.repeat(1_601) }))).toEqual(['#/message']);
  });

  it('writes a name with a slash or a tilde as RFC 6901 does', async () => {
    expect(Object.keys(await faultsOf({ ...order, 'a/b~c': 1 }))).toEqual(['#/a~1b~0c']);
  });

  it('has nothing sent of it', async () => {
    await world.send({ ...order, agent: 1 }, { 'idempotency-key': 'k-1' });

    expect(world.twilio.requests()).toEqual([]);
    expect(world.requests.all()).toEqual([]);
    expect(world.measures).toEqual(['outboundSms refused']);
  });
});
