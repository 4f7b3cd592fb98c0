import type { ObjectLock } from '../../../lambdas/shared/ports/archive-keeping.ts';

/** One version of a key as it lies in the bucket in memory; a delete marker has no bytes. */
export interface StoredVersion {
  readonly versionId: string;
  readonly isMarker: boolean;
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly isHeld: boolean;
  readonly lock?: ObjectLock;
}

type Written = Pick<StoredVersion, 'bytes' | 'contentType' | 'metadata'>;

/** What lies in a versioned bucket in memory: shared by the fakes of everything that looks into it. */
export interface ArchiveVersions {
  /** Oldest first; the last is the current one. */
  of(key: string): readonly StoredVersion[];
  /** Every key that has a version or a marker, sorted. */
  keys(): readonly string[];
  add(key: string, written: Written): StoredVersion;
  /** Deletes as S3 does without a version id: a marker on top. */
  hide(key: string): StoredVersion;
  change(key: string, versionId: string, changes: Partial<Omit<StoredVersion, 'versionId'>>): void;
  remove(key: string, versionId: string): void;
}

export function archiveVersions(): ArchiveVersions {
  const objects = new Map<string, readonly StoredVersion[]>();
  let count = 0;
  const of = (key: string): readonly StoredVersion[] => objects.get(key) ?? [];
  const add = (key: string, written: Written, isMarker: boolean): StoredVersion => {
    count += 1;
    const version = { ...written, versionId: `v${count}`, isMarker, tags: {}, isHeld: false };
    objects.set(key, [...of(key), version]);
    return version;
  };
  return {
    of,
    keys: () => [...objects.keys()].sort(),
    add: (key, written) => add(key, written, false),
    hide: (key) => add(key, { bytes: Buffer.alloc(0), contentType: '', metadata: {} }, true),
    change(key, versionId, changes) {
      objects.set(
        key,
        of(key).map((one) => (one.versionId === versionId ? { ...one, ...changes } : one)),
      );
    },
    remove(key, versionId) {
      const others = of(key).filter((one) => one.versionId !== versionId);
      if (others.length === 0) objects.delete(key);
      else objects.set(key, others);
    },
  };
}

/** As every port lists them: newest first under each key. */
export function listedVersions(versions: ArchiveVersions, prefix: string) {
  return versions
    .keys()
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) =>
      versions.of(key).map(({ versionId, isMarker, bytes }, place, all) => ({
        key,
        versionId,
        kind: isMarker ? ('delete-marker' as const) : ('version' as const),
        isLatest: place === all.length - 1,
        sizeBytes: bytes.length,
      })),
    );
}
