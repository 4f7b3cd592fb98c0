import type { ToE164 } from '../domain/task-shapes/canonical-task.ts';
import { enrichAttributes } from './enrich-attributes.ts';
import type { EnrichedAttributes, EnrichmentNeeds } from './enrich-attributes.ts';
import { readForRules } from './read-for-rules.ts';
import { restlessPaths } from './restless-paths.ts';

interface Needs extends EnrichmentNeeds {
  readonly toE164: ToE164;
}

/**
 * Enriches, and looks whether the rules would leave the result alone. Every write is an event: a rule that counts up, or
 * two that undo each other, would go on for ever. Such rules fail, and the others have their say without them.
 */
export async function enrichSettled(
  has: Needs,
  of: Parameters<typeof enrichAttributes>[1],
): Promise<EnrichedAttributes> {
  const first = await enrichAttributes(has, of);
  const restless = await restlessPaths(first, async (attributes) =>
    enrichAttributes(has, { ...of, attributes, read: await readForRules(has, attributes, of.event) }),
  );
  if (restless.size === 0) return first;
  const rules = has.config.rules.filter(({ write }) => !restless.has(write));
  const rest = await enrichAttributes({ ...has, config: { ...has.config, rules } }, of);
  const failed = first.results
    .filter(({ rule }) => restless.has(rule.write))
    .map(({ rule, deadline }) => ({ rule, deadline, kind: 'failed' as const, why: neverRests }));
  return { ...rest, results: [...rest.results, ...failed] };
}

const neverRests = 'it wants something else as soon as it sees its own work';
