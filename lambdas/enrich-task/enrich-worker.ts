import { done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { EnrichWorker } from '../shared/messages/work-message.ts';
import type { Workers } from '../shared/ports/workers.ts';
import { updateWorkerAttributes } from '../shared/steps/update-worker-attributes.ts';
import { workerChanges } from './worker-changes.ts';
import type { WorkerRuleNeeds } from './worker-changes.ts';

export interface EnrichWorkerNeeds extends WorkerRuleNeeds {
  readonly workers: Pick<Workers, 'fetch' | 'replaceAttributes'>;
  readonly writesWorkers: boolean;
}

/**
 * Writes what the worker rules want onto the worker; no difference, no write, so that our own `worker.attributes.update`
 * ends here.
 *
 * Insights shows new attributes of an agent only after that agent has logged in and changed status.
 * (https://www.twilio.com/docs/flex/developer/insights/enhance-integration, read 2026-11)
 *
 * @throws {PermanentError} `attributes-too-large`, `attributes-not-an-object` or `worker-attributes-refused`.
 */
export async function enrichWorker(has: EnrichWorkerNeeds, { workerSid }: EnrichWorker): Promise<Outcome> {
  // The message may be older than the setting.
  if (!has.writesWorkers || has.enrichmentMode === 'observe') return ignored('worker-writes-off');
  const updated = await updateWorkerAttributes(has.workers, workerSid, async (attributes, { friendlyName }) => {
    const changes = await workerChanges(has, attributes, { workerSid, workerName: friendlyName });
    const result = changes.paths.length;
    return result === 0 ? { kind: 'leave', result } : { kind: 'write', attributes: changes.attributes, result };
  });
  if (updated.kind === 'gone') return ignored('worker-gone');
  if (updated.kind === 'written')
    has.meter.measure({ name: 'workerAttributes', outcome: 'written', unit: 'Count', value: updated.result });
  return done;
}
