import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { httpsWebhookSender } from '../../../lambdas/shared/adapters/webhooks/https-webhook-sender.ts';
import type { WebhookSenderSettings } from '../../../lambdas/shared/adapters/webhooks/https-webhook-sender.ts';
import type { WebhookAnswer } from '../../../lambdas/shared/ports/webhook-sender.ts';
import { startReceivingServer } from '../../support/webhooks/receiving-server.ts';
import type { ReceivingServer } from '../../support/webhooks/receiving-server.ts';
import { selfSigned } from '../../support/webhooks/self-signed.ts';

const hostname = 'reports.example.com';
const servers: ReceivingServer[] = [];

async function start(
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end(),
  tls?: { readonly key: string; readonly cert: string },
): Promise<ReceivingServer> {
  const server = await startReceivingServer(answer, tls);
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Names that lead to these addresses, and how often they were asked for. */
function namesLeadTo(...addresses: readonly string[]) {
  const asked: string[] = [];
  return {
    asked,
    resolve: async (name: string) => {
      asked.push(name);
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
  };
}

const post = (url: string, settings: Partial<WebhookSenderSettings> = {}): Promise<WebhookAnswer> =>
  httpsWebhookSender({ addresses: 'public', ...settings }).post({
    url,
    headers: { 'webhook-id': 'msg_1' },
    body: '{}',
  });

describe('a deployed stage', () => {
  it.each([
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['169.254.169.254'],
    ['::1'],
    ['fd00:ec2::254'],
    ['::ffff:127.0.0.1'],
    ['64:ff9b::7f00:1'],
  ])('does not connect to a name that leads to %s', async (address) => {
    const server = await start();
    const names = namesLeadTo(address);

    const answer = await post(`https://${hostname}:${server.port}/`, names);

    expect(answer).toEqual({
      kind: 'unanswered',
      why: `${hostname} leads to ${address}, which is no public address`,
    });
    expect(names.asked).toEqual([hostname]);
    expect(server.connections).toBe(0);
  });

  it('does not connect to a name of which one address of several is not public', async () => {
    const server = await start();

    const answer = await post(`https://${hostname}:${server.port}/`, namesLeadTo('8.8.8.8', '127.0.0.1'));

    expect(answer).toEqual({ kind: 'unanswered', why: `${hostname} leads to 127.0.0.1, which is no public address` });
    expect(server.connections).toBe(0);
  });

  it('does not connect to localhost, whatever the system makes of it', async () => {
    const server = await start();

    const answer = await post(`https://localhost:${server.port}/`);

    expect(answer).toMatchObject({ kind: 'unanswered', why: expect.stringMatching(/^localhost leads to (127\.|::1)/) });
    expect(server.connections).toBe(0);
  });

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['2130706433', '127.0.0.1'],
    ['0x7f.1', '127.0.0.1'],
    ['017700000001', '127.0.0.1'],
    ['169.254.169.254', '169.254.169.254'],
    ['[::1]', '::1'],
    ['[::ffff:127.0.0.1]', '::ffff:7f00:1'],
    ['[fd00:ec2::254]', 'fd00:ec2::254'],
  ])('does not connect to %s, which is looked up nowhere', async (host, read) => {
    const server = await start();
    const names = namesLeadTo('8.8.8.8');

    const answer = await post(`https://${host}:${server.port}/`, names);

    expect(answer).toEqual({ kind: 'unanswered', why: `${read} is no public address` });
    expect(names.asked).toEqual([]);
    expect(server.connections).toBe(0);
  });

  it('does not speak plain HTTP', async () => {
    const names = namesLeadTo('8.8.8.8');

    expect(await post(`http://${hostname}/`, names)).toEqual({ kind: 'unanswered', why: 'its URL begins with http:' });
    expect(names.asked).toEqual([]);
  });

  it.each(['file:///etc/passwd', 'ftp://reports.example.com/', 'javascript:1'])('does not know %s', async (url) => {
    expect(await post(url)).toEqual({ kind: 'unanswered', why: `its URL begins with ${new URL(url).protocol}` });
  });
});

describe('an answer that says why there was none', () => {
  it('repeats nothing of a URL that carries a password', async () => {
    const answer = await post(`https://robot:hunter2@${hostname}/?key=hush`, { addresses: 'any' });

    expect(answer).toEqual({ kind: 'unanswered', why: 'its URL carries a user name or a password' });
  });

  it('repeats no path and no query', async () => {
    const server = await start();
    await server.close();
    servers.splice(0);

    const answer = await post(`http://127.0.0.1:${server.port}/hooks/hush?key=hush`, { addresses: 'any' });

    expect(answer).toEqual({ kind: 'unanswered', why: 'ECONNREFUSED' });
  });

  it.each([
    ['that leads nowhere', async () => [], `${hostname} leads nowhere`],
    [
      'that nobody knows',
      () => Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' })),
      'ENOTFOUND',
    ],
  ])('names a name %s', async (_what, resolve, why) => {
    expect(await post(`https://${hostname}/`, { resolve })).toEqual({ kind: 'unanswered', why });
  });

  it('names a text that is no URL', async () => {
    expect(await post('reports')).toEqual({ kind: 'unanswered', why: 'its URL is none' });
  });

  it('names the limit when the receiver says nothing', async () => {
    const server = await start(() => undefined);

    const answer = await post(`http://127.0.0.1:${server.port}/`, { addresses: 'any', timeoutSeconds: 0.2 });

    expect(answer).toEqual({ kind: 'unanswered', why: 'no answer within 0.2 s' });
  });

  it('names the limit when the name is never found', async () => {
    const answer = await post(`https://${hostname}/`, {
      resolve: () => new Promise(() => undefined),
      timeoutSeconds: 0.2,
    });

    expect(answer).toEqual({ kind: 'unanswered', why: 'no answer within 0.2 s' });
  });

  it('names a connection that was cut before the status', async () => {
    const server = await start((request) => request.socket.destroy());

    expect(await post(`http://127.0.0.1:${server.port}/`, { addresses: 'any' })).toEqual({
      kind: 'unanswered',
      why: 'ECONNRESET',
    });
  });
});

describe('what a receiver answers with', () => {
  it('is read to 64 KB, and then the connection is cut', async () => {
    let sentBytes = 0;
    let ended: Promise<unknown> | undefined;
    const server = await start((_request, response) => {
      ended = once(response, 'close');
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384))) sentBytes += 16_384;
        sentBytes += 16_384;
      };
      response.on('drain', more);
      response.writeHead(200);
      more();
    });

    const answer = await post(`http://127.0.0.1:${server.port}/`, { addresses: 'any' });
    await ended;

    expect(answer).toEqual({ kind: 'taken' });
    expect(sentBytes).toBeGreaterThan(65_536);
    // What the machine buffers; uncut, gigabytes would have gone in ten seconds.
    expect(sentBytes).toBeLessThan(32_000_000);
  });

  it('changes nothing once the status is there', async () => {
    const server = await start((_request, response) => response.writeHead(410).write('half'));

    const answer = await post(`http://127.0.0.1:${server.port}/`, { addresses: 'any', timeoutSeconds: 0.3 });

    expect(answer).toEqual({ kind: 'gone' });
  });

  it('may name a date to wait for, counted from its own', async () => {
    const server = await start((_request, response) =>
      response
        .writeHead(503, { date: 'Fri, 20 Nov 2026 10:00:00 GMT', 'retry-after': 'Fri, 20 Nov 2026 10:05:00 GMT' })
        .end(),
    );

    expect(await post(`http://127.0.0.1:${server.port}/`, { addresses: 'any' })).toEqual({
      kind: 'refused',
      status: 503,
      retryAfterSeconds: 300,
    });
  });

  it('asks for nothing with a wait that cannot be read', async () => {
    const server = await start((_request, response) => response.writeHead(503, { 'retry-after': 'soon' }).end());

    expect(await post(`http://127.0.0.1:${server.port}/`, { addresses: 'any' })).toEqual({
      kind: 'refused',
      status: 503,
    });
  });
});

describe('a request', () => {
  it('says who sends it and goes to the path and query of the target', async () => {
    const server = await start();

    await post(`http://127.0.0.1:${server.port}/hooks?tenant=7`, { addresses: 'any' });

    const [request] = server.posts;
    expect([request?.method, request?.url]).toEqual(['POST', '/hooks?tenant=7']);
    expect(request?.headers).toMatchObject({
      'user-agent': 'flex-task-pipeline',
      'content-length': '2',
      connection: 'close',
    });
  });

  it('looks its name up once, so that what was checked is what is connected to', async () => {
    const server = await start();
    const names = namesLeadTo('127.0.0.1');

    expect(await post(`http://${hostname}:${server.port}/`, { ...names, addresses: 'any' })).toEqual({ kind: 'taken' });
    expect(names.asked).toEqual([hostname]);
    expect(server.posts).toHaveLength(1);
  });
});

describe('TLS', () => {
  const trusted = getCACertificates('default');
  const names = { ...namesLeadTo('127.0.0.1'), addresses: 'any' as const };

  afterEach(() => setDefaultCACertificates(trusted));

  it('reaches a receiver whose certificate an authority vouches for', async () => {
    const certificate = selfSigned(hostname);
    const server = await start(undefined, certificate);
    setDefaultCACertificates([...trusted, certificate.cert]);

    expect(await post(`https://${hostname}:${server.port}/`, names)).toEqual({ kind: 'taken' });
    expect(server.posts).toHaveLength(1);
  });

  it('tells nothing to one that vouches for itself', async () => {
    const server = await start(undefined, selfSigned(hostname));

    expect(await post(`https://${hostname}:${server.port}/`, names)).toEqual({
      kind: 'unanswered',
      why: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(server.posts).toEqual([]);
  });

  it('tells nothing to one whose certificate is for another name', async () => {
    const certificate = selfSigned('other.example.com');
    const server = await start(undefined, certificate);
    setDefaultCACertificates([...trusted, certificate.cert]);

    expect(await post(`https://${hostname}:${server.port}/`, names)).toEqual({
      kind: 'unanswered',
      why: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(server.posts).toEqual([]);
  });
});
