import { createCipheriv } from 'node:crypto';

/** How much longer a WAV is when it is encrypted. */
export const TAG_BYTES = 16;

/** The chunks encrypted with AES-256-GCM, the tag behind them. */
export function* sealedChunks(
  chunks: Iterable<Buffer>,
  { cek, iv }: { readonly cek: Buffer; readonly iv: Buffer },
): Generator<Buffer, void, undefined> {
  const cipher = createCipheriv('aes-256-gcm', cek, iv);
  for (const chunk of chunks) yield cipher.update(chunk);
  cipher.final();
  yield cipher.getAuthTag();
}
