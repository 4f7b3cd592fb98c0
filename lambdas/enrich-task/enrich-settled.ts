import type { Rule } from '../shared/domain/enrichment/enrichment-config.ts';
import type { ToE164 } from '../shared/domain/task-shapes/canonical-task.ts';
import { enrichAttributes } from '../shared/steps/enrich-attributes.ts';
import type { EnrichedAttributes, EnrichmentNeeds } from '../shared/steps/enrich-attributes.ts';
import { readForRules } from '../shared/steps/read-for-rules.ts';
import { restlessPaths } from '../shared/steps/restless-paths.ts';

interface Needs extends EnrichmentNeeds {
  readonly toE164: ToE164;
}

export interface SettledAttributes extends EnrichedAttributes {
  /** Rules that were left out: each wants something else as soon as it sees its own work. */
  readonly unsettled: readonly Rule[];
}

/**
 * Enriches, and looks whether the rules would leave the result alone. Every write is an event: a rule that counts up, or
 * two that undo each other, would go on for ever. Such rules are left out, and the others have their say without them.
 */
export async function enrichSettled(
  has: Needs,
  of: Parameters<typeof enrichAttributes>[1],
): Promise<SettledAttributes> {
  const first = await enrichAttributes(has, of);
  const restless = await restlessPaths(first, async (attributes) =>
    enrichAttributes(has, { ...of, attributes, read: await readForRules(has, attributes, of.event) }),
  );
  if (restless.size === 0) return { ...first, unsettled: [] };
  const { rules } = has.config;
  const config = { ...has.config, rules: rules.filter(({ write }) => !restless.has(write)) };
  const rest = await enrichAttributes({ ...has, config }, of);
  return { ...rest, unsettled: rules.filter(({ write }) => restless.has(write)) };
}
