import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { diskSpool } from '../../../lambdas/shared/adapters/streams/disk-spool.ts';

describe('a stream spooled to disk', () => {
  it('is worth another try when there is nowhere to put it, and lets go of its source', async () => {
    const source = new Readable({ read: () => undefined });
    const nowhere = join(tmpdir(), 'no-such-directory', 'nor-this-one');

    await expect(diskSpool(nowhere).keep(source)).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'spool-failed',
    });

    expect(source.destroyed).toBe(true);
  });
});
