import type { ErasureRequest } from '../../../lambdas/shared/domain/erasure/erasure-request.ts';
import type { ErasureRequests } from '../../../lambdas/shared/ports/erasure-requests.ts';
import { frozen } from './frozen.ts';

export interface InMemoryErasureRequests extends ErasureRequests {
  /** Every request as last saved. */
  all(): readonly ErasureRequest[];
}

export function inMemoryErasureRequests(): InMemoryErasureRequests {
  const requests = new Map<string, ErasureRequest>();
  return {
    all: () => [...requests.values()],
    async read(erasureId) {
      return requests.get(erasureId);
    },
    async save(request) {
      if ((requests.get(request.erasureId)?.version ?? 0) !== request.version) return 'conflict';
      requests.set(request.erasureId, frozen({ ...request, version: request.version + 1 }));
      return 'saved';
    },
    async list(limit) {
      const newestFirst = [...requests.values()].sort((a, b) => b.requestedAt.getTime() - a.requestedAt.getTime());
      return newestFirst.slice(0, limit);
    },
  };
}
