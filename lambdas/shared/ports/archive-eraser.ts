import type { ObjectLock, ObjectVersion } from './archive-keeping.ts';

/** `locked` and `held` are S3's refusals; a lock that was read says until when. */
export type ErasedVersion =
  { readonly kind: 'erased' } | { readonly kind: 'locked'; readonly lock?: ObjectLock } | { readonly kind: 'held' };

/**
 * Takes objects away for good, version by version. Only erase-subject may.
 *
 * @throws {RetryableError} on throttling, 5xx and broken connections.
 */
export interface ArchiveEraser {
  /** Every version and delete marker whose key begins with `prefix`, all pages of them. */
  versions(prefix: string): Promise<readonly ObjectVersion[]>;
  /** The text of a small object's version (a parked message); undefined when it is not there. */
  readText(key: string, versionId: string): Promise<string | undefined>;
  /**
   * Deletes that very version. `opensGovernance`: also where a governance lock is on it, for which the role needs a
   * permission of its own. What is not there is erased already.
   */
  erase(key: string, versionId: string, has: { readonly opensGovernance: boolean }): Promise<ErasedVersion>;
}
