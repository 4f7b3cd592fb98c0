import { standardWebhookSigner } from '../../../lambdas/shared/adapters/webhooks/standard-webhook-signer.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';

const parts = {
  id: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W',
  sentAt: new Date(1_674_087_231_999),
  body: '{"ccrId":0}',
};
// 32 bytes: abcdefghijklmnopqrstuvwxyz012345.
const secret = 'whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU=';

describe('a signature', () => {
  it('is the HMAC-SHA256 that OpenSSL makes of id, whole seconds and body', async () => {
    const signer = standardWebhookSigner(memorySecret({ warehouse: secret }));

    // printf '%s' 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W.1674087231.{"ccrId":0}' | openssl dgst -sha256 -mac HMAC -macopt …
    expect(await signer.sign('warehouse', parts)).toEqual({
      'webhook-id': 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W',
      'webhook-timestamp': '1674087231',
      'webhook-signature': 'v1,1oCjU4UlJ5moceb791DsaFl4evlmkMsHgQi2dZvl0ts=',
    });
  });

  it('is made as soon as the secret is there, without waiting for the kept ones to grow old', async () => {
    const secrets = memorySecret<Record<string, string>>({});
    const signer = standardWebhookSigner(secrets);

    expect(await signer.sign('warehouse', parts)).toBeUndefined();
    secrets.rotate({ warehouse: secret });

    expect(await signer.sign('warehouse', parts)).toMatchObject({ 'webhook-id': parts.id });
  });

  it.each([
    ['no secret of that name', { crm: secret }],
    ['a secret of 23 bytes', { warehouse: `whsec_${Buffer.alloc(23, 1).toString('base64')}` }],
    ['a secret of 65 bytes', { warehouse: `whsec_${Buffer.alloc(65, 1).toString('base64')}` }],
    ['a secret of another kind', { warehouse: `whsk_${Buffer.alloc(32, 1).toString('base64')}` }],
    ['an empty secret', { warehouse: '' }],
  ])('is not made with %s', async (_what, secrets) => {
    const signer = standardWebhookSigner(memorySecret<Record<string, string>>(secrets));

    expect(await signer.sign('warehouse', parts)).toBeUndefined();
  });

  it('is not made with what every object has', async () => {
    const signer = standardWebhookSigner(memorySecret<Record<string, string>>({}));

    expect(await signer.sign('constructor', parts)).toBeUndefined();
  });
});
