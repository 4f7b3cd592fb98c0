import type { LockMode } from '../domain/kept-facets.ts';

/** One version of an object, or a delete marker on top of them. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly kind: 'version' | 'delete-marker';
  readonly isLatest: boolean;
  readonly sizeBytes: number;
}

/** A lock as S3 has it on one version. */
export interface ObjectLock {
  readonly mode: LockMode;
  readonly until: Date;
}

/**
 * How objects of the archive are kept: tags that lifecycle rules go by, locks and legal holds.
 *
 * @throws {RetryableError} on throttling, 5xx and broken connections.
 */
export interface ArchiveKeeping {
  /** Every version and delete marker whose key begins with `prefix`, all pages of them. */
  versions(prefix: string): Promise<readonly ObjectVersion[]>;
  /** The version's tags become exactly these. */
  setTags(key: string, versionId: string, tags: Readonly<Record<string, string>>): Promise<void>;
  setLegalHold(key: string, versionId: string, isHeld: boolean): Promise<void>;
  isHeld(key: string, versionId: string): Promise<boolean>;
  /** Undefined where there is no lock. */
  lockOf(key: string, versionId: string): Promise<ObjectLock | undefined>;
  /** Locks the version, or makes its lock longer. `refused`: S3 would have had to make one shorter or weaker. */
  lock(key: string, versionId: string, lock: ObjectLock): Promise<'locked' | 'refused'>;
}
