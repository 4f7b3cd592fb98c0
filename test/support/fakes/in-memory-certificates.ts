import type { Certificates } from '../../../lambdas/shared/ports/certificates.ts';

export interface InMemoryCertificates extends Certificates {
  /** What was put there, by erasure. */
  all(): ReadonlyMap<string, string>;
}

export function inMemoryCertificates(): InMemoryCertificates {
  const certificates = new Map<string, string>();
  return {
    all: () => certificates,
    put: async (erasureId, json) => void certificates.set(erasureId, json),
    read: async (erasureId) => certificates.get(erasureId),
  };
}
