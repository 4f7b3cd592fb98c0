import type { EnrichmentConfig, Rule } from '../domain/enrichment/enrichment-config.ts';
import { faultText, noJson, shapeFaults } from './config-faults.ts';
import type { ConfigFault } from './config-faults.ts';
import { configFaults } from './enrichment-config-faults.ts';
import { enrichmentConfigSchema } from './enrichment-config-schema.ts';
import type { EnrichmentFile } from './enrichment-config-schema.ts';
import { jsonOf } from './json-text.ts';

/** An enrichment file cannot be used; the message has a line for every fault. Which file it is, its reader says. */
export class EnrichmentFileError extends Error {
  override readonly name = 'EnrichmentFileError';
  readonly faults: readonly ConfigFault[];
  constructor(faults: readonly ConfigFault[]) {
    const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    super(`The enrichment configuration has ${count}:\n${faults.map((fault) => `- ${faultText(fault)}`).join('\n')}`);
    this.faults = faults;
  }
}

/**
 * One file of config/enrichment, with every default filled in and the descriptions left out. Expressions are checked by
 * whoever compiles them.
 *
 * @throws {EnrichmentFileError} naming each fault: its path, the value, what was allowed and what to do. First those of the
 *   shape; those of names and places when the shape has none.
 */
export function readEnrichmentConfig(text: string): EnrichmentConfig {
  const json = jsonOf(text);
  if (json === undefined) throw new EnrichmentFileError([noJson]);
  const parsed = enrichmentConfigSchema.safeParse(json, { reportInput: true });
  if (!parsed.success)
    throw new EnrichmentFileError(parsed.error.issues.flatMap((issue) => shapeFaults(issue, knownKeys)));
  const config = withoutDescriptions(parsed.data);
  const faults = configFaults(config);
  if (faults.length > 0) throw new EnrichmentFileError(faults);
  return config;
}

function withoutDescriptions(file: EnrichmentFile): EnrichmentConfig {
  const { $schema, description, rules, workerRules, ...config } = file;
  return { ...config, rules: rules.map(plainRule), workerRules: workerRules.map(plainRule) };
}

function plainRule({ description, ...rule }: EnrichmentFile['rules'][number]): Rule {
  return rule;
}

const knownKeys: readonly string[] = (
  'description name defaultCountry rules lookups writesRd businessHours identity processing endings agentStates workerRules ' +
  'write value when on overwrite isId timeZone weekly holidays mon tue wed thu fri sat sun order sticky externalId origin ' +
  'processedBy assignedTo state isReasonSent customer agent system consult coldTransfer warmTransfer externalColdTransfer ' +
  'externalWarmTransfer externalTransfer'
).split(' ');
