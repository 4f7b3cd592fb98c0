import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskSpool } from '../../../lambdas/shared/adapters/streams/disk-spool.ts';
import { inMemorySpool } from '../../support/fakes/in-memory-spool.ts';
import { spoolSuite } from './spool-suite.ts';

spoolSuite('the spool in memory', async () => {
  const spool = inMemorySpool();
  return { spool, keptCount: async () => spool.keptCount() };
});

describe('on disk', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'spool-suite-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  spoolSuite('the spool on disk', async () => ({
    spool: diskSpool(directory),
    keptCount: async () => (await readdir(directory)).length,
  }));
});
