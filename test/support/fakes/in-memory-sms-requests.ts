import type { SmsRequest } from '../../../lambdas/shared/domain/sms-request.ts';
import type { SmsRequests } from '../../../lambdas/shared/ports/sms-requests.ts';
import { frozen } from './frozen.ts';

export interface InMemorySmsRequests extends SmsRequests {
  all(): readonly SmsRequest[];
}

export function inMemorySmsRequests(): InMemorySmsRequests {
  const requests = new Map<string, SmsRequest>();
  return {
    all: () => [...requests.values()],
    async read(hash) {
      return requests.get(hash);
    },
    async save(request) {
      if ((requests.get(request.hash)?.version ?? 0) !== request.version) return 'conflict';
      requests.set(request.hash, frozen({ ...request, version: request.version + 1 }));
      return 'saved';
    },
  };
}
