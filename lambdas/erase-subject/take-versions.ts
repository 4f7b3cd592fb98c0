import type { ArchiveEraser } from '../shared/ports/archive-eraser.ts';
import type { KeptFacets } from '../shared/domain/kept-facets.ts';
import type { ObjectLock, ObjectVersion } from '../shared/ports/archive-keeping.ts';
import { isOwnHold } from '../shared/steps/erasure-obstacles.ts';
import type { EraseSubjectNeeds } from './needs.ts';

type Needs = Pick<EraseSubjectNeeds, 'eraser' | 'keeping' | 'opensGovernance' | 'now'>;

/** Everything that lies under the prefixes: audio, ciphertext, sidecar or transcript, every version and delete marker. */
export async function versionsUnder(
  has: { readonly eraser: Pick<ArchiveEraser, 'versions'> },
  prefixes: readonly string[],
): Promise<readonly ObjectVersion[]> {
  return (await Promise.all(prefixes.map((prefix) => has.eraser.versions(prefix)))).flat();
}

export type TakenVersions =
  | { readonly kind: 'taken'; readonly objects: number }
  | { readonly kind: 'held'; readonly objects: number }
  | { readonly kind: 'locked'; readonly objects: number; readonly lock?: ObjectLock };

/**
 * Takes them all away for good. A legal hold of the ledger's own that nobody holds by it any more is what a release has
 * not got to yet: it is lifted here. A lock, or somebody else's hold, that came since it was looked for stops it.
 */
export async function takeVersions(
  has: Needs,
  record: Pick<KeptFacets, 'kept' | 'releases'>,
  versions: readonly ObjectVersion[],
): Promise<TakenVersions> {
  let objects = 0;
  for (const { key, versionId, kind } of versions) {
    let erased = await has.eraser.erase(key, versionId, has);
    if (erased.kind === 'held' && kind === 'version' && isOwnHold(record)) {
      await has.keeping.setLegalHold(key, versionId, false);
      erased = await has.eraser.erase(key, versionId, has);
    }
    if (erased.kind === 'locked') return { ...erased, objects };
    if (erased.kind === 'held') return { kind: 'held', objects };
    objects += 1;
  }
  return { kind: 'taken', objects };
}
