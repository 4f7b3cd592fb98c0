import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { diskSpool } from '../../../lambdas/shared/adapters/streams/disk-spool.ts';

describe('a stream spooled to disk', () => {
  it('is worth another try when there is nowhere to put it, and lets go of its source', async () => {
    const source = new Readable({ read: () => undefined });
    // A file stands where the folder should be made.
    const nowhere = join(import.meta.filename, 'spool');

    await expect(diskSpool(nowhere).keep(source)).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'spool-failed',
    });

    expect(source.destroyed).toBe(true);
  });

  it('finds the disk free of what a killed life of the container left there', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'spool-test-'));
    await diskSpool(directory).keep(Readable.from([Buffer.from('killed before it was discarded')]));

    const next = await diskSpool(directory).keep(Readable.from([Buffer.from('next')]));

    expect(await readdir(directory)).toHaveLength(1);
    await next.discard();
    await rm(directory, { recursive: true });
  });
});
