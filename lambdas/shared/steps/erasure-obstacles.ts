import type { KeptFacets } from '../domain/kept-facets.ts';
import type { ArchiveKeeping, ObjectLock, ObjectVersion } from '../ports/archive-keeping.ts';

interface LockNeeds {
  readonly keeping: Pick<ArchiveKeeping, 'lockOf'>;
  /** Whether governance locks can be opened, and so are in nobody's way. */
  readonly opensGovernance: boolean;
  readonly now: () => Date;
}

/**
 * The lock that keeps the versions from being erased: of several the one that ends last. Looked for before anything is
 * taken, so that a locked object stays whole.
 */
export async function lockInTheWay(
  has: LockNeeds,
  versions: readonly ObjectVersion[],
): Promise<ObjectLock | undefined> {
  const locks = await Promise.all(
    versions.filter(({ kind }) => kind === 'version').map(({ key, versionId }) => has.keeping.lockOf(key, versionId)),
  );
  const inForce = locks.filter((lock) => lock !== undefined).filter((lock) => isInTheWay(has, lock));
  return inForce.sort((a, b) => b.until.getTime() - a.until.getTime())[0];
}

function isInTheWay(has: LockNeeds, { mode, until }: ObjectLock): boolean {
  return until > has.now() && (mode === 'compliance' || !has.opensGovernance);
}

/** The matter of a legal hold that lies on a version and that no hold of the ledger's ever put there. */
export const strangersHold = 'a legal hold in S3 that the ledger does not know';

/**
 * Whether a legal hold in S3 is the ledger's own, which a release has not got to yet: S3 was told of one, or one was let
 * go of before S3 was.
 */
export function isOwnHold({ kept, releases = [] }: Pick<KeptFacets, 'kept' | 'releases'>): boolean {
  return kept?.isHeld === true || releases.length > 0;
}

/**
 * True where somebody has put a legal hold on one of the versions past the ledger. Looked for before anything is taken, so
 * that what is held stays whole.
 */
export async function isHeldByStranger(
  has: { readonly keeping: Pick<ArchiveKeeping, 'isHeld'> },
  record: Pick<KeptFacets, 'kept' | 'releases'>,
  versions: readonly ObjectVersion[],
): Promise<boolean> {
  if (isOwnHold(record)) return false;
  const held = await Promise.all(
    versions.filter(({ kind }) => kind === 'version').map(({ key, versionId }) => has.keeping.isHeld(key, versionId)),
  );
  return held.includes(true);
}
