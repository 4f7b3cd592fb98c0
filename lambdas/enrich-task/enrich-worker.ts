import { PermanentError, done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { WorkerSid } from '../shared/domain/sids.ts';
import type { EnrichWorker } from '../shared/messages/work-message.ts';
import type { Workers } from '../shared/ports/workers.ts';
import { restlessPaths } from '../shared/steps/restless-paths.ts';
import { updateWorkerAttributes } from '../shared/steps/update-worker-attributes.ts';
import { count } from './measure-enrichment.ts';
import { workerChanges } from './worker-changes.ts';
import type { WorkerRuleNeeds } from './worker-changes.ts';

export interface EnrichWorkerNeeds extends WorkerRuleNeeds {
  readonly workers: Pick<Workers, 'fetch' | 'replaceAttributes'>;
  readonly workerWrites: boolean;
}

/**
 * Writes what the worker rules want onto the worker; no difference, no write, so that our own `worker.attributes.update`
 * ends here.
 *
 * Insights shows new attributes of an agent only after that agent has logged in and changed status.
 * (https://www.twilio.com/docs/flex/developer/insights/enhance-integration, read 2026-11)
 *
 * @throws {PermanentError} `attributes-never-settle` where the rules want something else of what they would write, again
 *   and again; `attributes-too-large`, `attributes-not-an-object` or `worker-attributes-refused`.
 */
export async function enrichWorker(has: EnrichWorkerNeeds, { workerSid }: EnrichWorker): Promise<Outcome> {
  // The message may be older than the setting.
  if (!has.workerWrites || has.enrichmentMode === 'observe') return ignored('worker-writes-off');
  // What fails is counted when the changes are found.
  const uncounted = { ...has, meter: { measure: () => undefined } };
  const updated = await updateWorkerAttributes(has.workers, workerSid, async (attributes, { friendlyName }) => {
    const of = { workerSid, workerName: friendlyName };
    const judged = await workerChanges(has, attributes, of);
    const restless = await restlessPaths(judged, (again) => workerChanges(uncounted, again, of));
    if (restless.size > 0) throw neverSettling(workerSid);
    const result = judged.changes.length;
    return result === 0 ? { kind: 'leave', result } : { kind: 'write', attributes: judged.attributes, result };
  });
  if (updated.kind === 'gone') return ignored('worker-gone');
  if (updated.kind === 'written') count(has.meter, 'workerAttributes', 'written', updated.result);
  return done;
}

function neverSettling(workerSid: WorkerSid): PermanentError {
  return new PermanentError(
    `the worker rules want something else of ${workerSid} each time they see what they wrote: a rule reads what it writes; nothing is written`,
    { reason: 'attributes-never-settle' },
  );
}
