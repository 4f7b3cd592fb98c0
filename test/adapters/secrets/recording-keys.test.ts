import { generateKeyPairSync } from 'node:crypto';
import {
  openCek,
  recordingKeys,
  recordingKeysSchema,
} from '../../../lambdas/shared/adapters/secrets/recording-keys.ts';
import type { RecordingEncryption } from '../../../lambdas/shared/domain/recording-record.ts';
import { envelopeOf, pemOf, sealedVectors, vectorNamed } from '../../support/encryption/vectors.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';

const mono = vectorNamed('mono-2048');
const envelope = envelopeOf(mono);
const first = envelope.publicKeySid;
const ring = (keys?: Readonly<Record<string, string>>) => memorySecret({ ...(keys !== undefined && { keys }) });

describe('the ring of private keys', () => {
  it.each(sealedVectors)('opens the key that openssl wrapped: $name', async (vector) => {
    const key = envelopeOf(vector).publicKeySid;

    expect(await recordingKeys(ring({ [key]: pemOf(vector.key) })).open(envelopeOf(vector))).toMatchObject({
      kind: 'opened',
      cek: expect.objectContaining({ length: 32 }),
      iv: expect.objectContaining({ length: 12 }),
    });
  });

  it('may hold keys of others that are good for nothing', async () => {
    const keys = recordingKeys(ring({ [`CR${'9'.repeat(32)}`]: 'not a key', [first]: pemOf(mono.key) }));

    expect((await keys.open(envelope)).kind).toBe('opened');
  });

  it('does not know a key that is not in it, and looks into the secret as it is now', async () => {
    const secret = ring();

    expect(await recordingKeys(secret).open(envelope)).toEqual({ kind: 'unknown-key' });
    expect(secret.freshReads).toBe(1);
  });

  it.each([
    ['came since', undefined],
    ['was pasted wrongly first', { [first]: 'not a key' }],
  ])('finds a key that %s', async (_how, before) => {
    const secret = ring(before);
    secret.rotate({ keys: { [first]: pemOf(mono.key) } });

    expect((await recordingKeys(secret).open(envelope)).kind).toBe('opened');
  });

  it('is asked once for a key that it has', async () => {
    const secret = ring({ [first]: pemOf(mono.key) });

    await recordingKeys(secret).open(envelope);

    expect(secret.freshReads).toBe(0);
  });

  it.each(['toString', 'constructor', '__proto__'])('has no key under a name of JavaScript’s own: %s', async (name) => {
    const odd: RecordingEncryption = { ...envelope, publicKeySid: JSON.parse(JSON.stringify(name)) };

    expect(await recordingKeys(ring({})).open(odd)).toEqual({ kind: 'unknown-key' });
  });
});

describe('a private key that does not fit', () => {
  const words = pemOf(mono.key).split('\n');
  const elliptic = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;

  it.each([
    ['is another one', pemOf('stranger.pem'), `${first}: its private key does not open the wrapped key`],
    ['is no PEM', 'not a key', `${first}: its private key is no RSA key`],
    ['is cut short', words.slice(0, 4).join('\n'), `${first}: its private key is no RSA key`],
    ['is of another kind', elliptic, `${first}: its private key is no RSA key`],
  ])('is bad when it %s, and no part of it is told', (_how, pem, why) => {
    const opened = openCek(pem, envelope);

    expect(opened).toEqual({ kind: 'bad', why: expect.stringContaining(why) });
    for (const word of words.slice(1, -2)) expect(JSON.stringify(opened)).not.toContain(word);
  });

  it.each([
    ['an iv of 8 bytes', { iv: 'AAAAAAAAAAA=' }, 'the iv has 8 bytes, wanted 12 to 16'],
    ['a wrapped key that was changed', { encryptedCek: `AAAA${envelope.encryptedCek.slice(4)}` }, 'does not open'],
  ])('is bad with %s', (_what, change, why) => {
    expect(openCek(pemOf(mono.key), { ...envelope, ...change })).toEqual({
      kind: 'bad',
      why: expect.stringContaining(why),
    });
  });
});

describe('the recording-keys secret', () => {
  it.each([
    ['nothing', {}],
    ['no keys', { keys: {} }],
    ['keys by the SIDs of their public keys', { keys: { [first]: pemOf(mono.key) } }],
  ])('may hold %s', (_what, secret) => {
    expect(recordingKeysSchema.safeParse(secret).success).toBe(true);
  });

  it.each([
    ['a key by another name', { keys: { main: pemOf(mono.key) } }],
    ['a key that is no text', { keys: { [first]: 1 } }],
    ['no object', []],
  ])('is refused with %s', (_what, secret) => {
    expect(recordingKeysSchema.safeParse(secret).success).toBe(false);
  });
});
