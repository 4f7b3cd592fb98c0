import { parseTaskAttributes } from '../shared/domain/task-attributes.ts';
import type { ToE164 } from '../shared/domain/task-shapes/canonical-task.ts';
import type { CanonicalWorker } from '../shared/domain/worker/canonical-worker.ts';
import { readWorker } from '../shared/domain/worker/read-worker.ts';
import type { Workers } from '../shared/ports/workers.ts';

/** The one worker with this `contact_uri`; undefined where there is none, or more than one. */
export type TargetWorker = (contactUri: string) => Promise<CanonicalWorker | undefined>;

const keptSeconds = 300;
const mostKept = 1_000;

/**
 * Knows the worker that a task is meant for before any reservation names one. An answer is kept for five minutes, also
 * that there is none: an agent who dials all day is looked up once in that time.
 */
export function targetWorkerOf(has: {
  readonly workers: Workers;
  readonly toE164: ToE164;
  readonly now: () => Date;
}): TargetWorker {
  const kept = new Map<string, { readonly worker: CanonicalWorker | undefined; readonly untilMs: number }>();
  return async (contactUri) => {
    const nowMs = has.now().getTime();
    const known = kept.get(contactUri);
    if (known !== undefined && known.untilMs > nowMs) return known.worker;
    const [only, ...others] = await has.workers.findByContactUri(contactUri);
    const parsed = only === undefined || others.length > 0 ? undefined : parseTaskAttributes(only.attributes);
    const worker =
      only === undefined || parsed?.kind !== 'object'
        ? undefined
        : readWorker(parsed.attributes, has, { workerSid: only.workerSid, workerName: only.friendlyName }).worker;
    if (kept.size >= mostKept) kept.clear();
    kept.set(contactUri, { worker, untilMs: nowMs + keptSeconds * 1000 });
    return worker;
  };
}
