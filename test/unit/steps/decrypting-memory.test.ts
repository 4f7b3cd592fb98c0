import { createCipheriv, createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { decrypting, testDecrypting } from '../../../lambdas/shared/steps/decrypting.ts';

const key = { cek: Buffer.alloc(32, 1), iv: Buffer.alloc(12, 2) };
const chunkBytes = 64 * 1024;

/** So many bytes of silence, encrypted as they are asked for. */
function* ciphertext(chunks: number): Generator<Buffer, void, undefined> {
  const cipher = createCipheriv('aes-256-gcm', key.cek, key.iv);
  const silence = Buffer.alloc(chunkBytes);
  for (let n = 0; n < chunks; n += 1) yield cipher.update(silence);
  cipher.final();
  yield cipher.getAuthTag();
}

/** How many bytes there are in it, their hash, and how many chunks its source was ever ahead of what was read. */
async function readSlowly(of: typeof decrypting, chunks: number) {
  let asked = 0;
  let readBytes = 0;
  let mostAhead = 0;
  const source = Readable.from(
    (function* () {
      for (const chunk of ciphertext(chunks)) {
        asked += chunk.length;
        mostAhead = Math.max(mostAhead, asked - readBytes);
        yield chunk;
      }
    })(),
    { objectMode: false },
  );
  const hash = createHash('sha256');
  const parts: AsyncIterable<Buffer> = of(key, source);
  for await (const part of parts) {
    readBytes += part.length;
    hash.update(part);
  }
  return { readBytes, mostAhead, sha256: hash.digest('hex') };
}

describe('a long ciphertext', () => {
  it.each([
    ['decrypted', decrypting],
    ['test-decrypted', testDecrypting],
  ])('is %s with no more of it in memory than of a short one', async (_how, of) => {
    const short = await readSlowly(of, 32);
    const long = await readSlowly(of, 1600);

    expect(long.mostAhead).toBe(short.mostAhead);
    expect(short.mostAhead).toBeLessThan(short.readBytes / 2);
  });

  it('of a hundred megabytes is the sound that was encrypted', async () => {
    const { readBytes, sha256 } = await readSlowly(decrypting, 1600);

    // By `head -c 104857600 /dev/zero | sha256sum`.
    expect({ readBytes, sha256 }).toEqual({
      readBytes: 104_857_600,
      sha256: '20492a4d0d84f8beb1767f6616229f85d44c2827b64bdbfb260ee12fa1109e0e',
    });
  });
});
