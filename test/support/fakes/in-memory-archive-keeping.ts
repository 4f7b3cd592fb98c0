import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { ArchiveKeeping } from '../../../lambdas/shared/ports/archive-keeping.ts';
import { listedVersions } from './archive-versions.ts';
import type { ArchiveVersions, StoredVersion } from './archive-versions.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

/** Tags, holds and locks on what lies in a bucket in memory. */
export interface InMemoryArchiveKeeping extends ArchiveKeeping, Pick<ScriptedFaults<keyof ArchiveKeeping>, 'failNext'> {
  /** What was done to which version, in order: `tags v1`, `hold v1`, `release v1`, `lock v1`. */
  readonly done: readonly string[];
}

export function inMemoryArchiveKeeping(versions: ArchiveVersions, now: () => Date): InMemoryArchiveKeeping {
  const faults = scriptedFaults<keyof ArchiveKeeping>();
  const done: string[] = [];
  const found = (key: string, versionId: string): StoredVersion => {
    const version = versions.of(key).find((one) => one.versionId === versionId);
    if (version !== undefined && !version.isMarker) return version;
    throw new RetryableError(`${key} has no version ${versionId}`, { reason: 'archive-unavailable' });
  };
  return {
    async versions(prefix) {
      faults.strike('versions');
      return listedVersions(versions, prefix);
    },
    async setTags(key, versionId, tags) {
      faults.strike('setTags');
      found(key, versionId);
      versions.change(key, versionId, { tags });
      done.push(`tags ${versionId}`);
    },
    async setLegalHold(key, versionId, isHeld) {
      faults.strike('setLegalHold');
      found(key, versionId);
      versions.change(key, versionId, { isHeld });
      done.push(`${isHeld ? 'hold' : 'release'} ${versionId}`);
    },
    async isHeld(key, versionId) {
      faults.strike('isHeld');
      return found(key, versionId).isHeld;
    },
    async lockOf(key, versionId) {
      faults.strike('lockOf');
      return found(key, versionId).lock;
    },
    async lock(key, versionId, lock) {
      faults.strike('lock');
      const there = found(key, versionId).lock;
      if (lock.until <= now()) {
        throw new RetryableError('the retain until date must be in the future', { reason: 'archive-unavailable' });
      }
      const isRunning = there !== undefined && there.until > now();
      if (isRunning && (there.mode !== lock.mode || there.until > lock.until)) return 'refused';
      versions.change(key, versionId, { lock });
      done.push(`lock ${versionId}`);
      return 'locked';
    },
    done,
    failNext: faults.failNext,
  };
}
