import { Readable } from 'node:stream';
import type { StreamFacts } from '../shared/ports/stream-inspector.ts';
import type { InspectedStream } from '../shared/ports/stream-inspector.ts';

/** Two readings of one source were not the same. */
export class ReadingsDifferError extends Error {
  override readonly name = 'ReadingsDifferError';
}

/**
 * What is read a second time, as it comes, but for its end: that is held back until the whole is what was read first.
 * S3 shows an object when it has the last of the announced bytes, so nothing else ever becomes one.
 *
 * The stream breaks with a `ReadingsDifferError` when the readings differ, and as its source breaks.
 */
export function heldBack(second: InspectedStream, first: Pick<StreamFacts, 'sizeBytes' | 'sha256'>): Readable {
  return Readable.from(compared(second, first), { objectMode: false });
}

async function* compared(
  { stream, facts }: InspectedStream,
  first: Pick<StreamFacts, 'sizeBytes' | 'sha256'>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let held: Uint8Array | undefined;
  let sizeBytes = 0;
  const chunks: AsyncIterable<Uint8Array> = stream;
  for await (const chunk of chunks) {
    sizeBytes += chunk.length;
    // Before anything more of it goes out: the announced length may be complete with what is held.
    if (sizeBytes > first.sizeBytes)
      throw new ReadingsDifferError(`read again it has more than the ${first.sizeBytes} bytes it had`);
    if (held !== undefined) yield held;
    held = chunk;
  }
  const { sha256 } = await facts;
  if (sizeBytes !== first.sizeBytes)
    throw new ReadingsDifferError(`read again it has ${sizeBytes} bytes, and it had ${first.sizeBytes}`);
  if (sha256 !== first.sha256) throw new ReadingsDifferError('read again it has another SHA-256');
  if (held !== undefined) yield held;
}
