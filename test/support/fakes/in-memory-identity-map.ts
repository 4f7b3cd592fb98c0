import type { IdentityMap, SubjectHash } from '../../../lambdas/shared/ports/identity-map.ts';

export interface InMemoryIdentityMap extends IdentityMap {
  /** Every identity by its hash. */
  all(): ReadonlyMap<string, string>;
}

export function inMemoryIdentityMap(): InMemoryIdentityMap {
  const identities = new Map<string, string>();
  return {
    all: () => identities,
    async read(subjectHash) {
      return identities.get(subjectHash);
    },
    async remember(subjectHash, identity) {
      const standing = identities.get(subjectHash) ?? identity;
      identities.set(subjectHash, standing);
      return standing;
    },
  };
}

/** Hashes that a test can read: `hash(phone:+12025550143)`. */
export function readableSubjectHash(): SubjectHash {
  return { of: async (kind, value) => `hash(${kind}:${value})` };
}
