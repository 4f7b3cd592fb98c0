import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openCek } from '../../../lambdas/shared/adapters/secrets/recording-keys.ts';
import {
  WrongTagError,
  decryptHead,
  decrypting,
  tagBytes,
  testDecrypting,
} from '../../../lambdas/shared/steps/decrypting.ts';
import type { MediaKey } from '../../../lambdas/shared/steps/decrypting.ts';
import { given } from '../../support/encryption/given.ts';
import {
  brokenVectors,
  ciphertextOf,
  envelopeOf,
  pemOf,
  sealedVectors,
  vectorNamed,
} from '../../support/encryption/vectors.ts';

type Vector = (typeof brokenVectors)[number];

function keyOf(vector: Vector): MediaKey {
  const cek = openCek(pemOf(vector.key), envelopeOf(vector));
  if (cek.kind !== 'opened') throw new Error(`${vector.name}: ${JSON.stringify(cek)}`);
  return cek;
}

const inOne = (bytes: Buffer): Readable => Readable.from([bytes], { objectMode: false });
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('a recording that others encrypted', () => {
  it.each(sealedVectors)('$name is the very sound that they encrypted', async (vector) => {
    const sound = await buffer(decrypting(keyOf(vector), inOne(ciphertextOf(vector))));

    expect({ sizeBytes: sound.length, sha256: sha256(sound) }).toEqual({
      sizeBytes: vector.sound.sizeBytes,
      sha256: vector.sound.sha256,
    });
  });

  it.each(sealedVectors)('$name comes through a test-decryption as it was', async (vector) => {
    const ciphertext = ciphertextOf(vector);

    expect((await buffer(testDecrypting(keyOf(vector), inOne(ciphertext)))).equals(ciphertext)).toBe(true);
  });

  it.each(brokenVectors)('$name never gives its last byte, and says why', async (vector) => {
    const ciphertext = ciphertextOf(vector);
    const pieces = Readable.from([ciphertext.subarray(0, 700), ciphertext.subarray(700)], { objectMode: false });

    const { bytes, failure } = await given(decrypting(keyOf(vector), pieces));

    expect(failure).toBeInstanceOf(WrongTagError);
    expect(bytes.length).toBeLessThan(Math.max(1, ciphertext.length - tagBytes));
  });

  it.each(brokenVectors)('$name does not pass a test-decryption whole', async (vector) => {
    const ciphertext = ciphertextOf(vector);

    const { bytes, failure } = await given(testDecrypting(keyOf(vector), inOne(ciphertext)));

    expect(failure).toBeInstanceOf(WrongTagError);
    expect(bytes.length).toBeLessThan(ciphertext.length);
  });
});

describe('the head of a ciphertext', () => {
  const vector = vectorNamed('tiny-2048');

  it('is the head of its sound, as far as it goes', () => {
    const head = decryptHead(keyOf(vector), ciphertextOf(vector).subarray(0, 44), 1660);

    // "RIFF", 1,636 bytes after that, "WAVE": by hand from 1,644 bytes.
    expect(head.subarray(0, 12).toString('hex')).toBe('524946466406000057415645');
  });

  it('holds nothing of the tag', () => {
    expect(decryptHead(keyOf(vector), ciphertextOf(vector), 1660)).toHaveLength(1644);
    expect(decryptHead(keyOf(vector), Buffer.alloc(9), 9)).toHaveLength(0);
  });
});

describe('what decrypts a stream', () => {
  const vector = vectorNamed('tiny-2048');

  it('breaks as its source breaks, and takes nothing for the whole', async () => {
    const broken = Readable.from(
      (function* () {
        yield ciphertextOf(vector).subarray(0, 800);
        throw new Error('read ECONNRESET');
      })(),
      { objectMode: false },
    );

    const { failure } = await given(decrypting(keyOf(vector), broken));

    expect(failure).toMatchObject({ message: 'read ECONNRESET' });
  });

  it('ends its source when nobody wants it any more', async () => {
    const source = inOne(ciphertextOf(vector));
    const sound = decrypting(keyOf(vector), source);
    const closed = new Promise((resolve) => source.once('close', resolve));
    await new Promise((resolve) => sound.once('readable', resolve));

    sound.destroy();
    await closed;

    expect(source.destroyed).toBe(true);
  });
});
