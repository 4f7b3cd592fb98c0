import { jsonataExpressions } from '../../lambdas/shared/adapters/expressions/jsonata-expressions.ts';
import type { EnrichmentConfig } from '../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import type { Finding } from '../../lambdas/shared/domain/insights/finding.ts';
import { lintEnrichmentConfig } from '../../lambdas/shared/domain/insights/lint-enrichment-config.ts';
import { finding } from '../../lambdas/shared/domain/insights/rules.ts';
import { readEnrichmentConfig } from '../../lambdas/shared/messages/enrichment-config.ts';

/** What is wrong with a file of config/enrichment: its shape, or else its expressions and what Insights would say. */
export function enrichmentFileFindings(text: string, options: { readonly hipaaMode: boolean }): readonly Finding[] {
  const read = configOf(text);
  if ('faults' in read) return read.faults;
  return [...expressionFindings(read.config), ...lintEnrichmentConfig(read.config, options)];
}

type ReadConfig = { readonly config: EnrichmentConfig } | { readonly faults: readonly Finding[] };

function configOf(text: string): ReadConfig {
  try {
    return { config: readEnrichmentConfig(text) };
  } catch (cause) {
    // The error's first line counts the faults that follow it, one a line.
    const [, ...faults] = cause instanceof Error ? cause.message.split('\n') : [];
    if (faults.length === 0) throw cause;
    return { faults: faults.map(faultFinding) };
  }
}

function faultFinding(line: string): Finding {
  const [, path = 'the file', message = line] = /^- (.+?)(?:: | is )(.*)$/s.exec(line) ?? [];
  return finding('enrichment-file', { path }, message);
}

function expressionFindings({ rules, workerRules, identity, processing }: EnrichmentConfig): readonly Finding[] {
  const expressions = jsonataExpressions();
  const written: readonly (readonly [path: string, text: string | undefined])[] = [
    ...rules.flatMap(({ value, when }, place) => ofRule(`rules[${place}]`, value, when)),
    ...workerRules.flatMap(({ value, when }, place) => ofRule(`workerRules[${place}]`, value, when)),
    ['identity.externalId', identity?.externalId],
    ['processing.origin', processing?.origin],
    ['processing.processedBy', processing?.processedBy],
    ['processing.assignedTo', processing?.assignedTo],
  ];
  return written.flatMap(([path, text]) => {
    const compiled = text === undefined ? undefined : expressions.compile(text);
    return compiled?.kind === 'faulty'
      ? [finding('faulty-expression', { path, value: text }, `${compiled.why}, at character ${compiled.position}.`)]
      : [];
  });
}

function ofRule(place: string, value: string, when: string | undefined) {
  return [
    [`${place}.value`, value],
    [`${place}.when`, when],
  ] as const;
}
