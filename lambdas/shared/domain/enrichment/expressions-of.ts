import type { EnrichmentConfig, Rule } from './enrichment-config.ts';

/** An expression, and where it stands in its file: `rules[2].when`, `identity.externalId`. */
export interface PlacedExpression {
  readonly path: string;
  readonly text: string;
}

/** Every expression of a configuration, in the order of the file's keys as they are documented. */
export function expressionsOf({
  rules,
  workerRules,
  identity,
  processing,
}: EnrichmentConfig): readonly PlacedExpression[] {
  return [
    ...ofRules(rules, 'rules'),
    ...ofRules(workerRules, 'workerRules'),
    { path: 'identity.externalId', text: identity?.externalId },
    { path: 'processing.origin', text: processing?.origin },
    { path: 'processing.processedBy', text: processing?.processedBy },
    { path: 'processing.assignedTo', text: processing?.assignedTo },
  ].flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
}

function ofRules(rules: readonly Rule[], list: string) {
  return rules.flatMap(({ value, when }, place) => [
    { path: `${list}[${place}].value`, text: value },
    { path: `${list}[${place}].when`, text: when },
  ]);
}
