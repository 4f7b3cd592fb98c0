import { Webhook } from 'standardwebhooks';
import { httpsWebhookSender } from '../../../lambdas/shared/adapters/webhooks/https-webhook-sender.ts';
import { standardWebhookSigner } from '../../../lambdas/shared/adapters/webhooks/standard-webhook-signer.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { startReceivingServer } from '../../support/webhooks/receiving-server.ts';
import type { ReceivedPost, ReceivingServer } from '../../support/webhooks/receiving-server.ts';

const secret = `whsec_${Buffer.alloc(32, 'warehouse').toString('base64')}`;
const body = '{"ccrId":77,"sessionId":"é 🎧","legId":"","tenantId":4711,"status":"COMPLETE"}';

/** What a receiver over HTTP got of one signed webhook. The verifier knows the time, so it is sent at this moment. */
async function received(server: ReceivingServer): Promise<ReceivedPost> {
  const signer = standardWebhookSigner(memorySecret({ warehouse: secret }));
  const sentAt = new Date();
  const signature = await signer.sign('warehouse', { id: 'msg_of-the_moment', sentAt, body });
  const url = `http://127.0.0.1:${server.port}/`;
  await httpsWebhookSender({ addresses: 'any' }).post({ url, headers: { ...signature }, body });
  const [post] = server.posts;
  if (post === undefined) throw new Error('nothing was received');
  return post;
}

describe('a receiver with the verifier of Standard Webhooks', () => {
  let server: ReceivingServer;
  let post: ReceivedPost;

  beforeEach(async () => {
    server = await startReceivingServer((_request, response) => response.writeHead(204).end());
    post = await received(server);
  });

  afterEach(() => server.close());

  const headersOf = ({ headers }: ReceivedPost): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `${value}`]));

  it('believes what we sent', () => {
    expect(new Webhook(secret).verify(post.body, headersOf(post))).toEqual(JSON.parse(body));
  });

  it('believes nothing in which a single byte of the body is another', () => {
    const bytes = Buffer.from(post.body, 'utf8');
    for (let place = 0; place < bytes.length; place += 1) {
      // ASCII stays ASCII: the last bit of a letter turned. A byte of é or 🎧 becomes another sign or none.
      const tampered = Buffer.from(bytes);
      tampered[place] = (bytes[place] ?? 0) ^ 1;
      expect(() => new Webhook(secret).verify(tampered.toString('utf8'), headersOf(post))).toThrow(
        'No matching signature',
      );
    }
  });

  it.each([
    ['id', { 'webhook-id': 'msg_of-the_momenT' }],
    ['signature', { 'webhook-signature': `v1,${'A'.repeat(43)}=` }],
  ])('believes nothing with another %s', (_what, changed) => {
    expect(() => new Webhook(secret).verify(post.body, { ...headersOf(post), ...changed })).toThrow(
      'No matching signature',
    );
  });

  it('believes nothing with a time one second off', () => {
    const timestamp = `${Number(headersOf(post)['webhook-timestamp']) - 1}`;

    expect(() => new Webhook(secret).verify(post.body, { ...headersOf(post), 'webhook-timestamp': timestamp })).toThrow(
      'No matching signature',
    );
  });

  it('believes nothing that was signed for somebody else', () => {
    const other = `whsec_${Buffer.alloc(32, 'crm').toString('base64')}`;

    expect(() => new Webhook(other).verify(post.body, headersOf(post))).toThrow('No matching signature');
  });
});
