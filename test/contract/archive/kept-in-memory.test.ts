import { archiveVersions } from '../../support/fakes/archive-versions.ts';
import { inMemoryArchive } from '../../support/fakes/in-memory-archive.ts';
import { inMemoryArchiveEraser } from '../../support/fakes/in-memory-archive-eraser.ts';
import { inMemoryArchiveKeeping } from '../../support/fakes/in-memory-archive-keeping.ts';
import { inMemoryArchiveReports } from '../../support/fakes/in-memory-archive-reports.ts';
import type { ArchiveWorld } from './archive-world.ts';
import { eraserSuite } from './eraser-suite.ts';
import { keepingSuite } from './keeping-suite.ts';
import { reportsSuite } from './reports-suite.ts';

const dayMs = 86_400_000;

async function newWorld(): Promise<ArchiveWorld> {
  const versions = archiveVersions();
  let nowEpochMs = Date.parse('2026-11-20T10:00:00Z');
  const now = (): Date => new Date(nowEpochMs);
  const found = (key: string, versionId: string) => versions.of(key).find((one) => one.versionId === versionId);
  return {
    archive: inMemoryArchive(versions),
    keeping: inMemoryArchiveKeeping(versions, now),
    eraser: inMemoryArchiveEraser(versions, now),
    reports: inMemoryArchiveReports(versions),
    inDays: (days) => new Date(nowEpochMs + days * dayMs),
    letPass: (days) => void (nowEpochMs += days * dayMs),
    tagsOf: async (key, versionId) => found(key, versionId)?.tags ?? {},
    contentTypeOf: async (key) => versions.of(key).at(-1)?.contentType,
    hide: async (key) => void versions.hide(key),
  };
}

keepingSuite('the keeping in memory', newWorld);
eraserSuite('the eraser in memory', newWorld);
reportsSuite('the reports in memory', newWorld);
