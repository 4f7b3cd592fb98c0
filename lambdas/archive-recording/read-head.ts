import { Readable } from 'node:stream';

/**
 * Looks at a stream's first bytes without taking them away: the returned stream begins with them again.
 * A stream shorter than `bytes` gives all it has. The given stream must not be used any more.
 */
export async function readHead(
  stream: Readable,
  bytes: number,
): Promise<{ readonly head: Buffer; readonly stream: Readable }> {
  const chunks: Buffer[] = [];
  let length = 0;
  const parts: AsyncIterable<Uint8Array> = stream.iterator({ destroyOnReturn: false });
  for await (const chunk of parts) {
    const part = Buffer.from(chunk);
    chunks.push(part);
    length += part.length;
    if (length >= bytes) break;
  }
  const begun = Buffer.concat(chunks);
  const head = begun.subarray(0, bytes);
  // A stream that has come to its end takes nothing back.
  if (length < bytes || stream.readableEnded) return { head, stream: Readable.from(begun.length === 0 ? [] : [begun]) };
  stream.unshift(begun);
  return { head, stream };
}
