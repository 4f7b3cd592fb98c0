import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** `broken`: the stream did not come to a good end, and nothing lies there. */
export type Written =
  { readonly kind: 'written' } | { readonly kind: 'exists' } | { readonly kind: 'broken'; readonly cause: unknown };

/**
 * Writes the stream to a new file that is there when all of it is, and never before: until then it has another name
 * beside it, which nobody else may read. A file that is there already is left alone.
 */
export async function writeWhole(path: string, stream: Readable): Promise<Written> {
  if (existsSync(path)) {
    stream.destroy();
    return { kind: 'exists' };
  }
  const beside = `${path}.${randomBytes(4).toString('hex')}.partial`;
  try {
    await pipeline(stream, createWriteStream(beside, { flags: 'wx', mode: 0o600 }));
    await rename(beside, path);
    return { kind: 'written' };
  } catch (cause) {
    await rm(beside, { force: true });
    return { kind: 'broken', cause };
  }
}
