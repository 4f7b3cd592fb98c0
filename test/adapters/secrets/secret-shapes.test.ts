import type * as z from 'zod/mini';
import { linkKeys, linkKeysSchema } from '../../../lambdas/shared/adapters/secrets/link-keys.ts';
import { smsCallersSchema } from '../../../lambdas/shared/adapters/secrets/sms-callers-secret.ts';
import { twilioSecretSchema } from '../../../lambdas/shared/adapters/secrets/twilio-secret.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';

const account = 'AC00000000000000000000000000000001';
const twilio = {
  accountSid: account,
  apiKeySid: 'SK00000000000000000000000000000001',
  apiKeySecret: 'example',
  authTokens: { [account]: { current: 'now', previous: 'before' } },
};

describe('the Twilio secret', () => {
  it('has an API key and auth tokens by account, of which the previous may be missing', () => {
    expect(twilioSecretSchema.safeParse(twilio).success).toBe(true);
    expect(twilioSecretSchema.safeParse({ ...twilio, authTokens: { [account]: { current: 'now' } } }).success).toBe(
      true,
    );
  });

  it.each([
    ['an account SID of another kind', { ...twilio, accountSid: twilio.apiKeySid }],
    ['no API key', { ...twilio, apiKeySid: undefined }],
    ['an empty API key secret', { ...twilio, apiKeySecret: '' }],
    ['no auth tokens at all', { ...twilio, authTokens: {} }],
    ['tokens by a name that is no account', { ...twilio, authTokens: { main: { current: 'now' } } }],
    ['an empty token', { ...twilio, authTokens: { [account]: { current: '' } } }],
  ])('is refused with %s', (_name, secret) => {
    expect(twilioSecretSchema.safeParse(secret).success).toBe(false);
  });
});

// 32 bytes 00 to 1f and 32 bytes ff, encoded with `base64`.
const k1 = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const k2 = '//////////////////////////////////////////8=';

describe('the link keys', () => {
  it('are a ring of 32-byte keys of which one signs', async () => {
    const ring = await linkKeys(memorySecret({ signingKeyId: 'k2', keys: { k1, k2 } })).ring();

    expect(ring.signingKeyId).toBe('k2');
    expect(ring.keys['k1']?.toString('hex')).toBe('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
    expect(ring.keys['k2']?.toString('hex')).toBe('ff'.repeat(32));
  });

  it('are read afresh when asked', async () => {
    const secret = memorySecret<z.output<typeof linkKeysSchema>>({ signingKeyId: 'k1', keys: { k1 } });
    secret.rotate({ signingKeyId: 'k2', keys: { k1, k2 } });

    expect((await linkKeys(secret).ring()).signingKeyId).toBe('k1');
    expect((await linkKeys(secret).freshRing()).signingKeyId).toBe('k2');
  });

  it.each([
    ['a key of 16 bytes', { signingKeyId: 'k1', keys: { k1: 'AAECAwQFBgcICQoLDA0ODw==' } }],
    ['a key that is no base64', { signingKeyId: 'k1', keys: { k1: `${k1.slice(0, -2)}?=` } }],
    ['a signing key that is not in the ring', { signingKeyId: 'k3', keys: { k1 } }],
    ['a key id that does not fit into a link', { signingKeyId: 'key-1', keys: { 'key-1': k1 } }],
  ])('are refused with %s', (_name, secret) => {
    expect(linkKeysSchema.safeParse(secret).success).toBe(false);
  });

  it('are accepted as the deployment guide writes them', () => {
    expect(linkKeysSchema.safeParse({ signingKeyId: 'k1', keys: { k1, k2 } }).success).toBe(true);
  });
});

// `openssl rand -base64 24` makes 32 characters.
const token = 'q83vEjRWeJASNFZ4kBI0VniQEjRWeJAS';
const other = '0123456789abcdef0123456789abcdef-._~+/==';

describe('the callers’ secret', () => {
  it.each([
    ['one token', { crm: { current: token } }],
    ['two while it is changed', { crm: { current: token, previous: other } }],
    ['several callers', { crm: { current: token }, billing: { current: other } }],
    ['a token written twice for one caller', { crm: { current: token, previous: token } }],
    ['nobody', {}],
  ])('may hold %s', (_name, callers) => {
    expect(smsCallersSchema.safeParse({ callers }).success).toBe(true);
  });

  it.each([
    ['no callers', {}],
    ['a token of 31 characters', { callers: { crm: { current: token.slice(1) } } }],
    ['a token with a space', { callers: { crm: { current: `${token} x` } } }],
    ['a caller with a name that no stage can have', { callers: { CRM: { current: token } } }],
    ['one token for two callers', { callers: { crm: { current: token }, billing: { current: token } } }],
    [
      'a token of before that another has now',
      { callers: { crm: { current: other, previous: token }, billing: { current: token } } },
    ],
  ])('is refused with %s', (_name, secret) => {
    expect(smsCallersSchema.safeParse(secret).success).toBe(false);
  });
});
