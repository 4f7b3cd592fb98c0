import { createDecipheriv } from 'node:crypto';
import { Readable } from 'node:stream';

/** A recording's own key and its initialization vector, both opened. */
export interface MediaKey {
  readonly cek: Buffer;
  readonly iv: Buffer;
}

/** AES-GCM's tag: the last bytes of the media, no part of the sound. */
export const tagBytes = 16;

const cipher = 'aes-256-gcm';

/** The bytes are not what was encrypted with this key: changed, cut short, or another recording's. */
export class WrongTagError extends Error {
  override readonly name = 'WrongTagError';
}

/**
 * The sound in the ciphertext `source`, in bounded memory; the last 16 bytes are its tag. The end of the sound is held
 * back until the tag was found right, so that whoever waits for so and so many bytes never has them all before.
 *
 * The stream breaks with a `WrongTagError` when the tag is wrong or missing, and as the source breaks. The source
 * belongs to it from then on.
 */
export function decrypting(key: MediaKey, source: Readable): Readable {
  return Readable.from(opened(key, source, 'sound'), { objectMode: false });
}

/** The ciphertext as it came, tag included, of which the end is held back in the same way while it is test-decrypted. */
export function testDecrypting(key: MediaKey, source: Readable): Readable {
  return Readable.from(opened(key, source, 'ciphertext'), { objectMode: false });
}

/** The first bytes of the sound in the first bytes of a ciphertext of `sizeBytes`. Nothing is proved by them. */
export function decryptHead({ cek, iv }: MediaKey, head: Buffer, sizeBytes: number): Buffer {
  const ofSound = head.subarray(0, Math.max(0, Math.min(head.length, sizeBytes - tagBytes)));
  return createDecipheriv(cipher, cek, iv, { authTagLength: tagBytes }).update(ofSound);
}

async function* opened(
  { cek, iv }: MediaKey,
  source: Readable,
  gives: 'sound' | 'ciphertext',
): AsyncGenerator<Buffer, void, undefined> {
  const decipher = createDecipheriv(cipher, cek, iv, { authTagLength: tagBytes });
  let tag: Buffer = Buffer.alloc(0);
  let held: Buffer = Buffer.alloc(0);
  const chunks: AsyncIterable<Uint8Array> = source;
  for await (const chunk of chunks) {
    const { before, last } = withoutTag(tag, Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    tag = last;
    for (const part of before) {
      const sound = decipher.update(part);
      if (held.length > 0 && part.length > 0) yield held;
      if (part.length > 0) held = gives === 'sound' ? sound : part;
    }
  }
  if (tag.length < tagBytes) throw new WrongTagError(`it has ${tag.length} bytes and no tag of ${tagBytes}`);
  decipher.setAuthTag(tag);
  // Node says by throwing that a tag is wrong; waited for as a promise, it is an outcome here and the error's cause.
  const [proof] = await Promise.allSettled([Promise.resolve().then(() => decipher.final())]);
  if (proof.status === 'rejected')
    throw new WrongTagError('its authentication tag does not hold', { cause: proof.reason });
  if (held.length > 0) yield held;
  if (gives === 'ciphertext') yield tag;
}

/** What is certainly no part of the tag, and the last bytes, which may be. */
function withoutTag(tag: Buffer, chunk: Buffer): { readonly before: readonly Buffer[]; readonly last: Buffer } {
  // What is kept is copied: the chunk's memory is its stream's.
  if (chunk.length >= tagBytes)
    return { before: [tag, chunk.subarray(0, -tagBytes)], last: Buffer.from(chunk.subarray(-tagBytes)) };
  const both = Buffer.concat([tag, chunk]);
  const end = Math.max(0, both.length - tagBytes);
  return { before: [both.subarray(0, end)], last: both.subarray(end) };
}
