import type { RetentionConfig, StorageStep } from './retention-config.ts';

/** What S3 does by itself with every object that has both tags, and all versions of it. */
export interface LifecycleRule {
  readonly id: string;
  readonly tags: { readonly retention: string; readonly held: 'no' };
  /** Counted by S3 from the object's creation, and rounded up to the next midnight UTC. Absent: never. */
  readonly expireAfterDays?: number;
  readonly transitions: readonly StorageStep[];
}

/** One rule for each class under which S3 has anything to do; what is held, or not tagged yet, no rule ever meets. */
export function lifecycleRulesOf(config: RetentionConfig): readonly LifecycleRule[] {
  return config.classes
    .filter(({ days, storage }) => days !== undefined || storage.length > 0)
    .map(({ name, days, storage }) => ({
      id: `retention-${name}`,
      tags: { retention: name, held: 'no' },
      ...(days !== undefined && { expireAfterDays: days }),
      transitions: storage,
    }));
}
