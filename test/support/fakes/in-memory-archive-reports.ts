import type { ArchiveReports } from '../../../lambdas/shared/ports/archive-reports.ts';
import { listedVersions } from './archive-versions.ts';
import type { ArchiveVersions } from './archive-versions.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

/** Lists of and reports in a bucket in memory. */
export interface InMemoryArchiveReports
  extends ArchiveReports, Pick<ScriptedFaults<keyof ArchiveReports>, 'failNext'> {}

export function inMemoryArchiveReports(versions: ArchiveVersions): InMemoryArchiveReports {
  const faults = scriptedFaults<keyof ArchiveReports>();
  return {
    async list(prefix) {
      faults.strike('list');
      return listedVersions(versions, prefix).flatMap(({ key, kind, isLatest, sizeBytes }) =>
        isLatest && kind === 'version' ? [{ key, sizeBytes }] : [],
      );
    },
    async readReport(key) {
      faults.strike('readReport');
      const last = versions.of(key).at(-1);
      return last === undefined || last.isMarker ? undefined : last.bytes.toString('utf8');
    },
    async putReport(key, text, contentType) {
      faults.strike('putReport');
      versions.add(key, { bytes: Buffer.from(text), contentType, metadata: {} });
    },
    failNext: faults.failNext,
  };
}
