import { customerLookupSecretSchema } from '../../../lambdas/shared/adapters/secrets/customer-lookup-secret.ts';
import { hmacSubjectHash, subjectIndexKeySchema } from '../../../lambdas/shared/adapters/secrets/subject-hash.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';

// The bytes 00 to 1f, by `base64`.
const key = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';

describe('a person’s key', () => {
  // By `openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f`, in base64url.
  it.each([
    ['phone', '+12025550143', 'jSEvNznquGrAzn2uMK_2Tmfx6lDAMU35wFDqyp6By6U'],
    ['email', 'ada@example.com', 'IEE5T_kcWhRcV_31EzQBcu9V4uo2fbtg9S7e4dNKrVk'],
    ['external_id', 'lead-4711', 'JyPQDt8uP2HU-Mq83g03WHYZqgrfN1kp9pB7PfzcbYM'],
  ] as const)('of kind %s is hashed with its kind and the stage’s key', async (kind, value, hash) => {
    expect(await hmacSubjectHash(memorySecret({ key })).of(kind, value)).toBe(hash);
  });
});

describe('the subject-index key', () => {
  it('is 32 bytes in base64', () => {
    expect(subjectIndexKeySchema.safeParse({ key }).success).toBe(true);
  });

  it.each([
    ['of 16 bytes', { key: 'AAECAwQFBgcICQoLDA0ODw==' }],
    ['that is no base64', { key: `${key.slice(0, -2)}?=` }],
    ['under another name', { subjectKey: key }],
  ])('is refused %s', (_what, secret) => {
    expect(subjectIndexKeySchema.safeParse(secret).success).toBe(false);
  });
});

describe('the customer lookup’s secret', () => {
  it.each([
    ['one header', { headers: { authorization: 'Bearer not a token' } }],
    ['several headers', { headers: { 'x-api-key': 'k', 'X-Tenant': 't1' } }],
    ['none', { headers: {} }],
  ])('may hold %s', (_what, secret) => {
    expect(customerLookupSecretSchema.safeParse(secret).success).toBe(true);
  });

  it.each([
    ['no headers', {}],
    ['a name that is none', { headers: { 'x api key': 'k' } }],
    ['a value of two lines', { headers: { authorization: 'Bearer a\r\nx-other: b' } }],
    ['an empty value', { headers: { authorization: '' } }],
    ['a value that is no text', { headers: { 'x-tenant': 1 } }],
  ])('is refused with %s', (_what, secret) => {
    expect(customerLookupSecretSchema.safeParse(secret).success).toBe(false);
  });
});
