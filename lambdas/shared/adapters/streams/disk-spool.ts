import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RetryableError } from '../../domain/outcome.ts';
import type { Spool, SpooledStream } from '../../ports/spool.ts';

/**
 * Keeps streams as files under `directory`: in a Lambda /tmp, 512 MB of it unless the function is given more.
 *
 * Lambda does not clear /tmp after it has killed an invocation, so a folder of `directory` is this spool's own, and what
 * an earlier life of the container left there is removed at the first use.
 */
export function diskSpool(directory: string = join(tmpdir(), 'spool')): Spool {
  let isCleared = false;
  return {
    async keep(source) {
      try {
        if (!isCleared) await rm(directory, { recursive: true, force: true });
        isCleared = true;
        await mkdir(directory, { recursive: true });
        return await kept(source, await mkdtemp(join(directory, 'stream-')));
      } catch (cause) {
        source.destroy();
        throw new RetryableError(`a stream could not be spooled to ${directory}`, { reason: 'spool-failed', cause });
      }
    },
  };
}

async function kept(source: Readable, folder: string): Promise<SpooledStream> {
  const path = join(folder, 'stream');
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await pipeline(source, createWriteStream(path, { mode: 0o600 }));
    const { size } = await stat(path);
    return { sizeBytes: size, open: () => createReadStream(path), discard };
  } catch (cause) {
    await discard();
    throw cause;
  }
}
