import { mergeAttributes, wantedBy } from '../shared/domain/enrichment/merge-attributes.ts';
import type { EnrichmentConfig, EnrichmentMode } from '../shared/domain/enrichment/enrichment-config.ts';
import type { FittedValue } from '../shared/domain/insights/finding.ts';
import { fitValue } from '../shared/domain/insights/fit-value.ts';
import { withoutSecrets } from '../shared/domain/secrets-in-attributes.ts';
import type { TaskAttributes } from '../shared/domain/task-attributes.ts';
import type { ToE164 } from '../shared/domain/task-shapes/canonical-task.ts';
import { readWorker } from '../shared/domain/worker/read-worker.ts';
import type { Expressions } from '../shared/ports/expressions.ts';
import type { Meter } from '../shared/ports/meter.ts';
import { evaluateRules } from '../shared/steps/evaluate-rules.ts';
import type { HowToEvaluate } from '../shared/steps/evaluate-rules.ts';
import { count } from './measure-enrichment.ts';

export interface WorkerRuleNeeds {
  readonly expressions: Expressions;
  readonly config: Pick<EnrichmentConfig, 'workerRules' | 'lookups'>;
  readonly enrichmentMode: EnrichmentMode;
  readonly hipaaMode: boolean;
  readonly toE164: ToE164;
  readonly meter: Meter;
}

/** A worker's attributes as the rules want them, and where they differ from what is there. */
export interface WorkerChanges {
  readonly attributes: TaskAttributes;
  readonly changes: readonly { readonly path: string }[];
}

/**
 * What the worker rules make of these attributes. Expressions see `worker`, `attributes` and `lookups`, free of what looks
 * like a secret; what is written back has every key that was there, secrets too.
 *
 * A rule that fails writes nothing and is counted; the others go on.
 */
export async function workerChanges(
  has: WorkerRuleNeeds,
  attributes: TaskAttributes,
  of: { readonly workerSid: string; readonly workerName?: string },
): Promise<WorkerChanges> {
  const scope = {
    worker: readWorker(attributes, has, of).worker,
    attributes: withoutSecrets(attributes).value,
    lookups: has.config.lookups,
  };
  const results = await evaluateRules(has, has.config.workerRules, scope, atAnyTime);
  count(has.meter, 'rules', 'failed', results.filter(({ kind }) => kind === 'failed').length);
  const wanted = results.flatMap((result) => (result.kind === 'value' ? [wantedBy(result.rule, result.value)] : []));
  const fit = (path: string, value: unknown): FittedValue => fitValue(`worker.${path}`, value, has);
  const merged = mergeAttributes(attributes, wanted, has.enrichmentMode, fit);
  return { attributes: merged.attributes, changes: merged.changes };
}

/** Insights reads an agent's attributes at the agent's next login, so no rule comes too late; nobody is asked. */
const atAnyTime: HowToEvaluate = { deadlines: ['identity', 'segment'], unknown: new Set() };
