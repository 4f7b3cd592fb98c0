import type { ArchiveEraser } from '../../../lambdas/shared/ports/archive-eraser.ts';
import { listedVersions } from './archive-versions.ts';
import type { ArchiveVersions } from './archive-versions.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

/** Takes versions out of a bucket in memory, but for those under a hold or a lock. */
export interface InMemoryArchiveEraser extends ArchiveEraser, Pick<ScriptedFaults<keyof ArchiveEraser>, 'failNext'> {}

export function inMemoryArchiveEraser(versions: ArchiveVersions, now: () => Date): InMemoryArchiveEraser {
  const faults = scriptedFaults<keyof ArchiveEraser>();
  const find = (key: string, versionId: string) => versions.of(key).find((one) => one.versionId === versionId);
  return {
    async versions(prefix) {
      faults.strike('versions');
      return listedVersions(versions, prefix);
    },
    async readText(key, versionId) {
      faults.strike('readText');
      const found = find(key, versionId);
      return found === undefined || found.isMarker ? undefined : found.bytes.toString('utf8');
    },
    async erase(key, versionId, { opensGovernance }) {
      faults.strike('erase');
      const found = find(key, versionId);
      if (found?.isHeld === true) return { kind: 'held' };
      const lock = found?.lock;
      const isOpen = lock === undefined || lock.until <= now() || (lock.mode === 'governance' && opensGovernance);
      if (!isOpen) return { kind: 'locked', lock };
      versions.remove(key, versionId);
      return { kind: 'erased' };
    },
    failNext: faults.failNext,
  };
}
