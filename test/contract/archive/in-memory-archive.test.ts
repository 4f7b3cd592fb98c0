import { inMemoryArchive } from '../../support/fakes/in-memory-archive.ts';
import { archiveSuite } from './archive-suite.ts';

archiveSuite('the archive in memory', async () => inMemoryArchive());
