import { PermanentError } from '../../../lambdas/shared/domain/outcome.ts';
import type { WorkerSid } from '../../../lambdas/shared/domain/sids.ts';
import { maxAttributesCharacters, parseTaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { WorkerResource, Workers } from '../../../lambdas/shared/ports/workers.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

type WorkersCall = 'fetch' | 'list' | 'findByContactUri' | 'replaceAttributes';

/** A workspace's workers in memory, and the hands that Flex and identity providers have on them. */
export interface InMemoryWorkers extends Workers, Pick<ScriptedFaults<WorkersCall>, 'failNext'> {
  /** Puts the worker there, or in place of the one that is; its first revision is 0. */
  put(worker: Omit<WorkerResource, 'etag'>): void;
  /** Changes the attributes as others do, without asking for a revision. @throws when there is no such worker */
  changeElsewhere(workerSid: WorkerSid, attributes: string): void;
  /** Runs `change` once, just before the next replacement is judged. */
  beforeNextReplace(change: () => void): void;
  remove(workerSid: WorkerSid): void;
  attributesOf(workerSid: WorkerSid): string | undefined;
  /** Every replacement that was carried out, in order, with the revision it named. */
  readonly writes: readonly { readonly workerSid: WorkerSid; readonly attributes: string; readonly etag?: string }[];
}

/** `givesEtags` false is a Twilio that keeps to its documents, which promise ETags for tasks only. */
export function inMemoryWorkers({ givesEtags = true }: { readonly givesEtags?: boolean } = {}): InMemoryWorkers {
  const workers = new Map<WorkerSid, { worker: Omit<WorkerResource, 'etag'>; revision: number }>();
  const faults = scriptedFaults<WorkersCall>();
  const writes: { workerSid: WorkerSid; attributes: string; etag?: string }[] = [];
  const races: (() => void)[] = [];

  const change = (workerSid: WorkerSid, attributes: string): void => {
    const stored = workers.get(workerSid);
    if (stored === undefined) throw new Error(`there is no worker ${workerSid} in this workspace to change`);
    workers.set(workerSid, { worker: { ...stored.worker, attributes }, revision: stored.revision + 1 });
  };
  const all = (): readonly WorkerResource[] => [...workers.values()].map(({ worker }) => worker);

  return {
    async fetch(workerSid) {
      faults.strike('fetch');
      const stored = workers.get(workerSid);
      if (stored === undefined) return { kind: 'gone' };
      return { kind: 'worker', worker: { ...stored.worker, ...(givesEtags && { etag: etagOf(stored.revision) }) } };
    },
    async list() {
      faults.strike('list');
      return all();
    },
    async findByContactUri(contactUri) {
      faults.strike('findByContactUri');
      return all().filter(({ attributes }) => contactUriOf(attributes) === contactUri);
    },
    async replaceAttributes(workerSid, attributes, etag) {
      faults.strike('replaceAttributes');
      races.shift()?.();
      const stored = workers.get(workerSid);
      if (stored === undefined) return { kind: 'gone' };
      if (etag !== undefined && etag !== etagOf(stored.revision)) return { kind: 'changed-meanwhile' };
      refuseUnfit(attributes);
      writes.push({ workerSid, attributes, ...(etag !== undefined && { etag }) });
      change(workerSid, attributes);
      return { kind: 'updated' };
    },
    put: (worker) => void workers.set(worker.workerSid, { worker, revision: 0 }),
    changeElsewhere: change,
    beforeNextReplace: (race) => void races.push(race),
    remove: (workerSid) => void workers.delete(workerSid),
    attributesOf: (workerSid) => workers.get(workerSid)?.worker.attributes,
    failNext: faults.failNext,
    writes,
  };
}

function etagOf(revision: number): string {
  return `"${revision}"`;
}

function contactUriOf(attributes: string): unknown {
  const parsed = parseTaskAttributes(attributes);
  return parsed.kind === 'object' ? parsed.attributes['contact_uri'] : undefined;
}

function refuseUnfit(attributes: string): void {
  if (attributes.length <= maxAttributesCharacters && parseTaskAttributes(attributes).kind === 'object') return;
  throw new PermanentError(`Twilio refused the ${attributes.length} characters of attributes`, {
    reason: 'worker-attributes-refused',
  });
}
