import { jsonataExpressions } from '../../lambdas/shared/adapters/expressions/jsonata-expressions.ts';
import type { EnrichmentConfig } from '../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import { expressionsOf } from '../../lambdas/shared/domain/enrichment/expressions-of.ts';
import type { Finding } from '../../lambdas/shared/domain/insights/finding.ts';
import { lintEnrichmentConfig } from '../../lambdas/shared/domain/insights/lint-enrichment-config.ts';
import { finding } from '../../lambdas/shared/domain/insights/rules.ts';
import type { ConfigFault } from '../../lambdas/shared/messages/config-faults.ts';
import { EnrichmentFileError, readEnrichmentConfig } from '../../lambdas/shared/messages/enrichment-config.ts';

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
    if (!(cause instanceof EnrichmentFileError)) throw cause;
    return { faults: cause.faults.map((fault) => finding('enrichment-file', placeOf(fault), messageOf(fault))) };
  }
}

function placeOf({ path, value }: ConfigFault): { readonly path: string; readonly value?: unknown } {
  return { path, ...(value !== undefined && { value }) };
}

function messageOf({ value, message }: ConfigFault): string {
  return value === undefined ? message : `Allowed is ${message}.`;
}

function expressionFindings(config: EnrichmentConfig): readonly Finding[] {
  const expressions = jsonataExpressions();
  return expressionsOf(config).flatMap(({ path, text }) => {
    const compiled = expressions.compile(text);
    return compiled.kind === 'faulty'
      ? [finding('faulty-expression', { path, value: text }, `${compiled.why}, at character ${compiled.position}.`)]
      : [];
  });
}
