import { mergeAttributes } from '../shared/domain/enrichment/merge-attributes.ts';
import type { WantedValue } from '../shared/domain/enrichment/merge-attributes.ts';
import type { EnrichmentConfig, EnrichmentMode, Rule } from '../shared/domain/enrichment/enrichment-config.ts';
import type { FittedValue } from '../shared/domain/insights/finding.ts';
import { fitValue } from '../shared/domain/insights/fit-value.ts';
import { withoutSecrets } from '../shared/domain/secrets-in-attributes.ts';
import type { TaskAttributes } from '../shared/domain/task-attributes.ts';
import type { ToE164 } from '../shared/domain/task-shapes/canonical-task.ts';
import { readWorker } from '../shared/domain/worker/read-worker.ts';
import type { Expressions } from '../shared/ports/expressions.ts';
import type { Meter } from '../shared/ports/meter.ts';

export interface WorkerRuleNeeds {
  readonly expressions: Expressions;
  readonly config: Pick<EnrichmentConfig, 'workerRules' | 'lookups'>;
  readonly enrichmentMode: EnrichmentMode;
  readonly hipaaMode: boolean;
  readonly toE164: ToE164;
  readonly meter: Meter;
}

/** A worker's attributes as the rules want them, and the paths in which they differ from what is there. */
export interface WorkerChanges {
  readonly attributes: TaskAttributes;
  readonly paths: readonly string[];
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
  const owned = new Set<string>();
  const wanted: WantedValue[] = [];
  for (const rule of has.config.workerRules) {
    // As for tasks: of the rules for one path the first whose condition holds has it, whatever its value then is.
    if (owned.has(rule.write) || !(await holds(has, rule, scope))) continue;
    owned.add(rule.write);
    const value = await evaluated(has, rule.value, scope);
    wanted.push({ path: rule.write, value, ...(rule.overwrite !== undefined && { overwrite: rule.overwrite }) });
  }
  const fit = (path: string, value: unknown): FittedValue => fitValue(`worker.${path}`, value, has);
  const merged = mergeAttributes(attributes, wanted, has.enrichmentMode, fit);
  return { attributes: merged.attributes, paths: merged.changes.map(({ path }) => path) };
}

async function holds(has: WorkerRuleNeeds, { when }: Rule, scope: object): Promise<boolean> {
  if (when === undefined) return true;
  const condition = await evaluated(has, when, scope);
  if (condition !== undefined && condition !== null && typeof condition !== 'boolean') countFailed(has);
  return condition === true;
}

async function evaluated(has: WorkerRuleNeeds, text: string, scope: object): Promise<unknown> {
  const compiled = has.expressions.compile(text);
  const result = compiled.kind === 'faulty' ? compiled : await compiled.expression.evaluate(scope);
  if (result.kind === 'value') return result.value;
  countFailed(has);
  return undefined;
}

function countFailed({ meter }: WorkerRuleNeeds): void {
  meter.measure({ name: 'rules', outcome: 'failed', unit: 'Count', value: 1 });
}
