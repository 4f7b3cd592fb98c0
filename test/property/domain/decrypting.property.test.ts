import { createCipheriv } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { WrongTagError, decrypting, testDecrypting } from '../../../lambdas/shared/steps/decrypting.ts';
import { given } from '../../support/encryption/given.ts';

const bytes = (least: number, most: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ minLength: least, maxLength: most }).map((one) => Buffer.from(one));

/** A sound, its key, its ciphertext with the tag behind it, and places at which the stream is cut, some of them twice. */
const sealed = fc
  .record({
    cek: bytes(32, 32),
    iv: bytes(12, 16),
    sound: bytes(0, 400),
    cuts: fc.array(fc.nat(416), { maxLength: 40 }),
  })
  .map(({ cek, iv, sound, cuts }) => {
    const cipher = createCipheriv('aes-256-gcm', cek, iv);
    const ciphertext = Buffer.concat([cipher.update(sound), cipher.final(), cipher.getAuthTag()]);
    return { key: { cek, iv }, sound, ciphertext, cuts };
  });

/** Empty chunks too: a generator of bytes may give them where a stream would not. */
function inPieces(whole: Buffer, cuts: readonly number[]): Readable {
  const places = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
  return Readable.from(places.map((from, place) => whole.subarray(from, places[place + 1] ?? whole.length)));
}

describe('a ciphertext, cut anywhere', () => {
  it('gives its sound, every byte of it', async () => {
    await fc.assert(
      fc.asyncProperty(sealed, async ({ key, sound, ciphertext, cuts }) => {
        const { bytes: opened, failure } = await given(decrypting(key, inPieces(ciphertext, cuts)));

        expect(failure).toBeUndefined();
        expect(opened.equals(sound)).toBe(true);
      }),
    );
  });

  it('comes out of a test-decryption as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(sealed, async ({ key, ciphertext, cuts }) => {
        const { bytes: passed, failure } = await given(testDecrypting(key, inPieces(ciphertext, cuts)));

        expect(failure).toBeUndefined();
        expect(passed.equals(ciphertext)).toBe(true);
      }),
    );
  });

  it.each([
    ['with a bit turned anywhere', (whole: Buffer, at: number) => turned(whole, at)],
    ['cut short anywhere', (whole: Buffer, at: number) => whole.subarray(0, at % whole.length)],
    ['with a byte too many', (whole: Buffer) => Buffer.concat([whole, Buffer.from([7])])],
  ])('never gives as many bytes as it should %s', async (_how, spoil) => {
    await fc.assert(
      fc.asyncProperty(sealed, fc.nat(), async ({ key, ciphertext, cuts }, at) => {
        const spoilt = spoil(ciphertext, at);
        const sound = await given(decrypting(key, inPieces(spoilt, cuts)));
        const whole = await given(testDecrypting(key, inPieces(spoilt, cuts)));

        expect([sound.failure, whole.failure]).toEqual([expect.any(WrongTagError), expect.any(WrongTagError)]);
        // Whoever waits for the sound's bytes, or the ciphertext's, waits in vain; of nothing nothing can be held back.
        expect(sound.bytes.length).toBeLessThan(Math.max(1, spoilt.length - 16));
        expect(whole.bytes.length).toBeLessThan(Math.max(1, spoilt.length));
      }),
    );
  });
});

function turned(whole: Buffer, at: number): Buffer {
  const copy = Buffer.from(whole);
  const place = at % copy.length;
  copy[place] = (copy[place] ?? 0) ^ (1 << (at % 8));
  return copy;
}
