import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RetryableError } from '../../domain/outcome.ts';
import type { Spool, SpooledStream } from '../../ports/spool.ts';

/** Keeps streams as files under `directory`: in a Lambda /tmp, 512 MB of it unless the function is given more. */
export function diskSpool(directory: string = tmpdir()): Spool {
  return {
    async keep(source) {
      try {
        return await kept(source, await mkdtemp(join(directory, 'spool-')));
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
