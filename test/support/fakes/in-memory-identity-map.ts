import { createHash } from 'node:crypto';
import type { IdentityMap, SubjectHash } from '../../../lambdas/shared/ports/identity-map.ts';

export interface InMemoryIdentityMap extends IdentityMap {
  /** Every identity by its hash. */
  all(): ReadonlyMap<string, string>;
  /** As an erasure does. */
  forget(subjectHash: string): void;
}

export function inMemoryIdentityMap(): InMemoryIdentityMap {
  const identities = new Map<string, string>();
  return {
    all: () => identities,
    forget: (subjectHash) => void identities.delete(subjectHash),
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

/** Hashes that nobody can read, and that are the same in every run. */
export function opaqueHash(kind: string, value: string): string {
  return createHash('sha256').update(`${kind}:${value}`).digest('base64url');
}

/** Hashes that a test can read: `hash(phone:+12025550143)`. */
export function readableSubjectHash(): SubjectHash {
  return { of: async (kind, value) => `hash(${kind}:${value})` };
}
