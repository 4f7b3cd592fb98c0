import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpCustomerLookup } from '../../../lambdas/shared/adapters/customers/http-customer-lookup.ts';
import type { CustomerLookupSettings } from '../../../lambdas/shared/adapters/customers/http-customer-lookup.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { CustomerLookup } from '../../../lambdas/shared/ports/customer-lookup.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { handClock } from '../../support/twilio/hand-clock.ts';
import { startReceivingServer } from '../../support/webhooks/receiving-server.ts';
import type { ReceivingServer } from '../../support/webhooks/receiving-server.ts';

const ada = { phone: '+12025550143' };
const bob = { phone: '+12025550144' };
const found = { kind: 'found', customer: { id: 4711 } };

let servers: ReceivingServer[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

const json =
  (value: unknown, status = 200) =>
  (_request: IncomingMessage, response: ServerResponse): void =>
    void response.writeHead(status).end(JSON.stringify(value));

/** A lookup and the server that it asks, with a clock that only a test moves. */
async function started(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  changes: Partial<CustomerLookupSettings> = {},
): Promise<{
  readonly lookup: CustomerLookup;
  readonly server: ReceivingServer;
  readonly clock: ReturnType<typeof handClock>;
}> {
  const server = await startReceivingServer(answer);
  servers.push(server);
  const clock = handClock(Date.UTC(2026, 10, 20, 10));
  const lookup = httpCustomerLookup({
    urlTemplate: `http://127.0.0.1:${server.port}/customers?phone={phone}`,
    secret: memorySecret({ headers: { authorization: 'Bearer hush' } }),
    timeoutMilliseconds: 2_000,
    cacheSeconds: 60,
    openAfterFailures: 3,
    openSeconds: 30,
    now: () => new Date(clock.now()),
    addresses: 'any',
    ...changes,
  });
  return { lookup, server, clock };
}

describe('the request', () => {
  it('is a GET of the filled template with the secret headers', async () => {
    const { lookup, server } = await started(json({ id: 4711 }));

    expect(await lookup.find(ada)).toEqual(found);

    expect(server.posts).toMatchObject([
      {
        method: 'GET',
        url: '/customers?phone=%2B12025550143',
        headers: { authorization: 'Bearer hush', accept: 'application/json' },
      },
    ]);
  });

  it('is none where the template asks for what is not known', async () => {
    const { lookup, server } = await started(json({ id: 4711 }));

    expect(await lookup.find({ email: 'ada@example.com' })).toEqual({ kind: 'unknown' });
    expect(server.connections).toBe(0);
  });

  it('is none where the template is of no use', async () => {
    const { lookup } = await started(json({}), { urlTemplate: 'https://{phone}.example.com/' });

    expect(await lookup.find(ada)).toEqual({
      kind: 'unavailable',
      why: 'the URL template is of no use: its host is not fixed',
    });
  });

  it('goes to no address of our own network from a deployed stage', async () => {
    const { server } = await started(json({ id: 4711 }));
    const asked: string[] = [];
    const { lookup } = await started(json({}), {
      addresses: 'public',
      urlTemplate: `https://crm.example.com:${server.port}/?phone={phone}`,
      resolve: async (name) => {
        asked.push(name);
        return [{ address: '169.254.169.254', family: 4 }];
      },
    });

    expect(await lookup.find(ada)).toEqual({
      kind: 'unavailable',
      why: 'crm.example.com leads to 169.254.169.254, which is no public address',
    });
    expect(asked).toEqual(['crm.example.com']);
    expect(server.connections).toBe(0);
  });

  it.each([
    ['http://crm.example.com/?phone={phone}', 'its URL begins with http:'],
    ['https://127.0.0.1/?phone={phone}', '127.0.0.1 is no public address'],
    ['https://user:hush@crm.example.com/?phone={phone}', 'its URL carries a user name or a password'],
  ])('is not made to %s from a deployed stage', async (urlTemplate, why) => {
    const { lookup } = await started(json({}), { addresses: 'public', urlTemplate });

    expect(await lookup.find(ada)).toEqual({ kind: 'unavailable', why });
  });
});

describe('an answer', () => {
  it.each([
    ['a JSON object', { id: 4711 }, found],
    ['a JSON array: its first', [{ id: 4711 }, { id: 4712 }], found],
    ['an empty JSON array', [], { kind: 'unknown' }],
    ['JSON null', null, { kind: 'unknown' }],
    ['a JSON text', 'Ada Example', { kind: 'unavailable', why: 'its answer is no JSON object' }],
    ['a JSON array of texts', ['Ada Example'], { kind: 'unavailable', why: 'its answer is no JSON object' }],
  ])('may be %s', async (_what, body, answer) => {
    const { lookup } = await started(json(body));

    expect(await lookup.find(ada)).toEqual(answer);
  });

  it.each([
    [200, '<html>+12025550143</html>', { kind: 'unavailable', why: 'its answer is no JSON object' }],
    [200, '', { kind: 'unavailable', why: 'its answer is no JSON object' }],
    [204, '', { kind: 'unknown' }],
    [404, '{"message":"no +12025550143 here"}', { kind: 'unknown' }],
    [401, '{}', { kind: 'unavailable', why: 'it answered 401' }],
    [429, '{}', { kind: 'unavailable', why: 'it answered 429' }],
    [503, '{"id":4711}', { kind: 'unavailable', why: 'it answered 503' }],
  ])('of %p with %p is understood', async (status, body, answer) => {
    const { lookup } = await started((_request, response) => void response.writeHead(status).end(body));

    expect(await lookup.find(ada)).toEqual(answer);
  });

  it('that leads elsewhere is not followed', async () => {
    const elsewhere = await started(json({ id: 4711 }));
    const location = `http://127.0.0.1:${elsewhere.server.port}/`;
    const { lookup } = await started((_request, response) => void response.writeHead(302, { location }).end());

    expect(await lookup.find(ada)).toEqual({ kind: 'unavailable', why: 'it answered 302' });
    expect(elsewhere.server.connections).toBe(0);
  });

  // 65,536 bytes with the quotes, the key and the braces: 65,536 - 8.
  it.each([
    [65_536, { kind: 'found', customer: { n: 'x'.repeat(65_528) } }],
    [65_537, { kind: 'unavailable', why: 'its answer is longer than 64 KB' }],
  ])('of %p bytes is read to 64 KB', async (bytes, answer) => {
    const body = JSON.stringify({ n: 'x'.repeat(bytes - 8) });
    expect(Buffer.byteLength(body)).toBe(bytes);
    const { lookup } = await started((_request, response) => void response.end(body));

    expect(await lookup.find(ada)).toEqual(answer);
  });

  it('that breaks off is none', async () => {
    const { lookup } = await started((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":', () => request.socket.destroy());
    });

    expect(await lookup.find(ada)).toEqual({ kind: 'unavailable', why: 'ECONNRESET' });
  });
});

describe('within its time', () => {
  it.each([
    ['nobody answers', () => undefined],
    ['the answer does not end', (_request: IncomingMessage, response: ServerResponse) => void response.write('{')],
  ])('it gives up where %s', async (_what, answer) => {
    const { lookup } = await started(answer, { timeoutMilliseconds: 100 });

    expect(await lookup.find(ada)).toEqual({ kind: 'unavailable', why: 'no answer within 100 ms' });
  });

  it('it gives up where the secret does not come', async () => {
    const never = () => new Promise<never>(() => undefined);
    const { lookup, server } = await started(json({}), {
      timeoutMilliseconds: 100,
      secret: { current: never, fresh: never },
    });

    expect(await lookup.find(ada)).toEqual({ kind: 'unavailable', why: 'no answer within 100 ms' });
    expect(server.connections).toBe(0);
  });

  it('it asks nobody where the secret cannot be read', async () => {
    const unreadable = () =>
      Promise.reject(new RetryableError('no secret +12025550143', { reason: 'secret-unreadable' }));
    const { lookup, server } = await started(json({}), { secret: { current: unreadable, fresh: unreadable } });

    expect(await lookup.find(ada)).toEqual({
      kind: 'unavailable',
      why: 'its secret cannot be read: RetryableError',
    });
    expect(server.connections).toBe(0);
  });
});

describe('an answer once given', () => {
  it.each([
    ['who was found', json({ id: 4711 }), found],
    ['who is unknown', json({}, 404), { kind: 'unknown' }],
  ])('of somebody %s is good for its time, and no longer', async (_who, answer, expected) => {
    const { lookup, server, clock } = await started(answer);

    expect(await lookup.find(ada)).toEqual(expected);
    clock.advance(59_999);
    expect(await lookup.find(ada)).toEqual(expected);
    expect(server.posts).toHaveLength(1);

    clock.advance(1);
    expect(await lookup.find(ada)).toEqual(expected);
    expect(server.posts).toHaveLength(2);
  });

  it('is nobody else’s', async () => {
    const { lookup, server } = await started(json({ id: 4711 }));

    await lookup.find(ada);
    await lookup.find(bob);

    expect(server.posts.map(({ url }) => url)).toEqual([
      '/customers?phone=%2B12025550143',
      '/customers?phone=%2B12025550144',
    ]);
  });

  it('is not kept where nothing is to be kept', async () => {
    const { lookup, server } = await started(json({ id: 4711 }), { cacheSeconds: 0 });

    await lookup.find(ada);
    await lookup.find(ada);

    expect(server.posts).toHaveLength(2);
  });

  it('is forgotten when 250 others were asked for since', async () => {
    const { lookup, server } = await started(json({ id: 4711 }));
    const others = Array.from({ length: 250 }, (_, n) => ({ phone: `+1202555${String(1000 + n)}` }));
    const [second] = others;

    await lookup.find(ada);
    for (const other of others) await lookup.find(other);
    expect(server.posts).toHaveLength(251);

    await lookup.find(second ?? ada);
    expect(server.posts).toHaveLength(251);
    await lookup.find(ada);
    expect(server.posts).toHaveLength(252);
  });

  it('is not kept when there was none', async () => {
    let status = 503;
    const { lookup } = await started((_request, response) => void response.writeHead(status).end('{"id":4711}'));

    expect(await lookup.find(ada)).toEqual({ kind: 'unavailable', why: 'it answered 503' });
    status = 200;
    expect(await lookup.find(ada)).toEqual(found);
  });
});

describe('somebody who fails three times in a row', () => {
  const closed = { kind: 'unavailable', why: 'nobody is asked for 30 s after it failed' };
  const failing = async () => {
    const state = { status: 500 };
    const parts = await started((_request, response) => void response.writeHead(state.status).end('{"id":4711}'));
    for (let count = 0; count < 3; count += 1) await parts.lookup.find(ada);
    return { ...parts, state };
  };

  it('is left alone for 30 seconds', async () => {
    const { lookup, server, clock, state } = await failing();
    state.status = 200;

    clock.advance(29_999);
    expect(await lookup.find(ada)).toEqual(closed);
    expect(server.posts).toHaveLength(3);
  });

  it('is asked again after that, and by everybody once that went well', async () => {
    const { lookup, clock, state } = await failing();
    state.status = 200;

    clock.advance(30_000);
    expect(await lookup.find(ada)).toEqual(found);
    expect(await lookup.find(bob)).toEqual(found);
  });

  it('is asked once after that, and left alone again when that failed', async () => {
    const { lookup, server, clock } = await failing();

    clock.advance(30_000);
    const both = await Promise.all([lookup.find(ada), lookup.find(bob)]);
    expect(both).toEqual([{ kind: 'unavailable', why: 'it answered 500' }, closed]);
    clock.advance(29_999);
    expect(await lookup.find(ada)).toEqual(closed);
    expect(server.posts).toHaveLength(4);

    clock.advance(1);
    await lookup.find(ada);
    expect(server.posts).toHaveLength(5);
  });

  it('is not left alone where it answered in between', async () => {
    let count = 0;
    const { lookup, server } = await started((_request, response) => {
      count += 1;
      response.writeHead(count % 3 === 0 ? 404 : 500).end();
    });

    for (let n = 0; n < 9; n += 1) await lookup.find({ phone: `+1202555014${n}` });

    expect(server.posts).toHaveLength(9);
  });

  it('is still known by what it answered before', async () => {
    const state = { status: 200 };
    const { lookup } = await started((_request, response) => void response.writeHead(state.status).end('{"id":4711}'));
    await lookup.find(ada);
    state.status = 500;
    for (let count = 0; count < 4; count += 1) await lookup.find(bob);

    expect(await lookup.find(bob)).toEqual(closed);
    expect(await lookup.find(ada)).toEqual(found);
  });
});
