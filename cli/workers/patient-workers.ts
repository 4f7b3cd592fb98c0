import { patiently } from '../patiently.ts';
import type { Patience } from '../patiently.ts';
import type { Workers } from '../../lambdas/shared/ports/workers.ts';

/** The same workers, for a command that goes through all of them: `patiently` with each call. */
export function patientWorkers(workers: Workers, has: Patience): Workers {
  return {
    fetch: (workerSid) => patiently(has, () => workers.fetch(workerSid)),
    list: () => patiently(has, () => workers.list()),
    findByContactUri: (contactUri) => patiently(has, () => workers.findByContactUri(contactUri)),
    replaceAttributes: (workerSid, attributes, etag) =>
      patiently(has, () => workers.replaceAttributes(workerSid, attributes, etag)),
  };
}
