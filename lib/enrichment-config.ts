import { jsonataExpressions } from '../lambdas/shared/adapters/expressions/jsonata-expressions.ts';
import type { EnrichmentConfig } from '../lambdas/shared/domain/enrichment/enrichment-config.ts';
import { expressionsOf } from '../lambdas/shared/domain/enrichment/expressions-of.ts';
import type { Finding } from '../lambdas/shared/domain/insights/finding.ts';
import { lintEnrichmentConfig } from '../lambdas/shared/domain/insights/lint-enrichment-config.ts';
import { faultText } from '../lambdas/shared/messages/config-faults.ts';
import { EnrichmentFileError, readEnrichmentConfig } from '../lambdas/shared/messages/enrichment-config.ts';
import { configFolder } from './config-folder.ts';
import { faultList } from './fault-text.ts';
import type { Stage } from './stage-settings.ts';

/** The configurations that a stage may name. */
export const enrichmentFolder = configFolder('enrichment');

/** The stage's enrichment configuration cannot be used; the message names every fault that could be looked for. */
export class EnrichmentConfigError extends Error {
  override readonly name = 'EnrichmentConfigError';
  readonly faults: readonly string[];
  constructor(where: string, faults: readonly string[], options?: ErrorOptions) {
    super(faultList(where, faults), options);
    this.faults = faults;
  }
}

/**
 * What is doubtful in the stage's configuration, a line each. Reads, compiles and lints it with the very code that runs it.
 *
 * @throws {EnrichmentConfigError} naming faults with path, value, rule and source, when there is no such configuration or it
 * cannot be used: all of its shape; without these, all of names and places; without these, all of expressions and lint.
 */
export function enrichmentWarnings(
  stage: Pick<Stage, 'name' | 'enrichment' | 'reportTargets'>,
  root?: string,
): readonly string[] {
  const { config: name, hipaaMode } = stage.enrichment;
  const where = enrichmentFolder.path(name);
  const unknown = enrichmentFolder.unknown(name, root);
  if (unknown !== undefined)
    throw new EnrichmentConfigError('the stage table (lib/stages.ts)', [`${stage.name}.${unknown}`]);
  const config = readConfig(where, enrichmentFolder.text(name, root));
  const findings = lintEnrichmentConfig(config, { hipaaMode });
  const linesOf = (level: Finding['level']) => findings.filter((finding) => finding.level === level).map(asLine);
  const faults = [...expressionFaults(config), ...linesOf('error')];
  if (faults.length > 0) throw new EnrichmentConfigError(where, faults);
  return [...linesOf('warning'), ...misfits(stage, config)].map((line) => `${where}: ${line}`);
}

/** @throws {EnrichmentConfigError} with every fault of the file's shape, or else of its names and places. */
function readConfig(where: string, text: string): EnrichmentConfig {
  try {
    return readEnrichmentConfig(text);
  } catch (cause) {
    if (!(cause instanceof EnrichmentFileError)) throw cause;
    throw new EnrichmentConfigError(where, cause.faults.map(faultText), { cause });
  }
}

function expressionFaults(config: EnrichmentConfig): readonly string[] {
  const expressions = jsonataExpressions();
  return expressionsOf(config).flatMap(({ path, text }) => {
    const compiled = expressions.compile(text);
    return compiled.kind === 'expression'
      ? []
      : [`${path} is ${JSON.stringify(text)}: ${compiled.why}, at character ${compiled.position}`];
  });
}

/** What a stage and its configuration want of each other in vain. */
function misfits(
  { name, enrichment, reportTargets }: Pick<Stage, 'name' | 'enrichment' | 'reportTargets'>,
  config: EnrichmentConfig,
): readonly string[] {
  const ofCustomer = config.rules.filter((rule) => readsCustomer(rule)).map((rule) => `"${rule.name}"`);
  const hasLookup = enrichment.customerLookup !== undefined;
  const wantsStates = reportTargets.some(({ from }) => from === 'agent-states');
  return [
    ...(ofCustomer.length > 0 && !hasLookup
      ? [`${ofCustomer.join(', ')} read "customer" and ${name}.enrichment.customerLookup is missing: never written`]
      : []),
    ...(ofCustomer.length === 0 && hasLookup
      ? [`no rule reads "customer": ${name}.enrichment.customerLookup is never asked`]
      : []),
    ...(config.workerRules.length === 0 && enrichment.workerWrites
      ? [`workerRules is empty: ${name}.enrichment.workerWrites has nothing to write`]
      : []),
    ...(Object.keys(config.agentStates).length === 0 && wantsStates
      ? [`agentStates is empty: ${name}.reportTargets has a target of agent states that would hear of none`]
      : []),
  ];
}

function readsCustomer({ value, when }: EnrichmentConfig['rules'][number]): boolean {
  const expressions = jsonataExpressions();
  return [value, when].some((text) => {
    const compiled = text === undefined ? undefined : expressions.compile(text);
    return compiled?.kind === 'expression' && compiled.expression.names.has('customer');
  });
}

function asLine({ path, value, message, rule, source }: Finding): string {
  const what = value === undefined ? path : `${path} is ${JSON.stringify(value)}`;
  return `${what}: ${message} (${rule}; ${source})`;
}
