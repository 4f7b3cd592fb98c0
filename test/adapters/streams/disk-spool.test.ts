import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { diskSpool } from '../../../lambdas/shared/adapters/streams/disk-spool.ts';

describe('a stream spooled to disk', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'disk-spool-test-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const bytes = (text: string): Readable => Readable.from([Buffer.from(text)], { objectMode: false });

  it('has the length of what was read, and can be read again and again', async () => {
    const spooled = await diskSpool(directory).keep(bytes('RIFF and so on'));

    expect(spooled.sizeBytes).toBe(14);
    expect((await buffer(spooled.open())).toString()).toBe('RIFF and so on');
    expect((await buffer(spooled.open())).toString()).toBe('RIFF and so on');
  });

  it('leaves nothing behind once it is discarded, twice as well as once', async () => {
    const spooled = await diskSpool(directory).keep(bytes('RIFF'));

    await spooled.discard();
    await spooled.discard();

    expect(await readdir(directory)).toEqual([]);
  });

  it('leaves nothing behind when its source breaks, and is worth another try', async () => {
    const source = Readable.from(
      (function* () {
        yield Buffer.from('RI');
        throw new Error('the line went dead');
      })(),
    );

    await expect(diskSpool(directory).keep(source)).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'spool-failed',
      cause: { message: 'the line went dead' },
    });

    expect(await readdir(directory)).toEqual([]);
  });

  it('is worth another try when there is nowhere to put it, and lets go of its source', async () => {
    const source = new Readable({ read: () => undefined });

    await expect(diskSpool(join(directory, 'nowhere')).keep(source)).rejects.toMatchObject({ reason: 'spool-failed' });

    expect(source.destroyed).toBe(true);
  });
});
