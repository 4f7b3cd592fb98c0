import type { Finding } from './finding.ts';
import { sources } from './sources.ts';

/** A rule of the linter: its level and where it is written. The names are stable; docs/insights.md explains each. */
const rules = {
  'unknown-key': { level: 'error', source: sources.enhance },
  'not-an-object': { level: 'error', source: sources.enhance },
  'wrong-type': { level: 'error', source: sources.enhance },
  'type-converted': { level: 'warning', source: sources.enhance },
  'too-long': { level: 'warning', source: sources.enhance },
  'too-long-to-cut': { level: 'error', source: sources.enhance },
  'year-range': { level: 'error', source: sources.enhance },
  'year-of-birth': { level: 'error', source: sources.enhance },
  'date-format': { level: 'warning', source: sources.enhance },
  'geo-location': { level: 'error', source: sources.enhance },
  'team-id-missing': { level: 'error', source: sources.enhance },
  'department-id-missing': { level: 'error', source: sources.enhance },
  'hierarchy-separator': { level: 'warning', source: sources.enhance },
  'high-cardinality': { level: 'warning', source: sources.labels },
  'label-names-attribute': { level: 'warning', source: sources.labels },
  'segment-link-address': { level: 'error', source: sources.enhance },
  'segment-link-expires': { level: 'warning', source: sources.presigned },
  'segment-link-access': { level: 'warning', source: sources.enhance },
  'media-one-recording': { level: 'warning', source: sources.media },
  'phone-not-e164': { level: 'warning', source: sources.enhance },
  'yes-or-no': { level: 'note', source: sources.enhance },
  'unrendered-template': { level: 'warning', source: sources.studio },
  'near-key': { level: 'note', source: sources.enhance },
  'attributes-too-large': { level: 'error', source: sources.attributesLimit },
  'secret-in-attributes': { level: 'error', source: sources.events },
  'repaired-json': { level: 'error', source: sources.attributes },
  'hipaa-removed': { level: 'error', source: sources.hipaa },
  'hipaa-root': { level: 'note', source: sources.hipaa },
  'duplicate-phone': { level: 'warning', source: sources.expressions },
  'team-missing': { level: 'warning', source: sources.enhance },
  'department-missing': { level: 'warning', source: sources.enhance },
  'enrichment-file': { level: 'error', source: sources.enrichmentFile },
  'faulty-expression': { level: 'error', source: sources.jsonata },
  'slot-used-twice': { level: 'error', source: sources.enhance },
  'id-in-attribute': { level: 'error', source: sources.labels },
  'constant-label': { level: 'error', source: sources.labels },
  'customers-rekeyed': { level: 'warning', source: sources.enhance },
  'external-id-opt-in': { level: 'warning', source: sources.enhance },
  'not-read': { level: 'note', source: sources.enhance },
} as const satisfies Record<string, Pick<Finding, 'level' | 'source'>>;

export type InsightsRule = keyof typeof rules;

export const insightsRules: Readonly<Record<InsightsRule, Pick<Finding, 'level' | 'source'>>> = rules;

/** One finding; `message` says what is wrong, what was allowed and what to do, and never quotes the value. */
export function finding(
  rule: InsightsRule,
  at: { readonly path: string; readonly value?: unknown },
  message: string,
): Finding {
  return { rule, ...insightsRules[rule], ...at, message };
}
