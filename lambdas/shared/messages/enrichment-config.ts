import type * as z from 'zod/mini';
import type { EnrichmentConfig, Rule } from '../domain/enrichment/enrichment-config.ts';
import { nearest } from '../domain/nearest.ts';
import { configFaults } from './enrichment-config-faults.ts';
import type { ConfigFault } from './enrichment-config-faults.ts';
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
  if (json === undefined)
    throw new EnrichmentFileError([{ path: theFile, message: 'no JSON; look for a missing or superfluous comma' }]);
  const parsed = enrichmentConfigSchema.safeParse(json, { reportInput: true });
  if (!parsed.success) throw new EnrichmentFileError(parsed.error.issues.flatMap(shapeFaults));
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

/** A fault in one line: its path, the value, what was allowed and what to do. */
export function faultText({ path, value, message }: ConfigFault): string {
  return value === undefined ? `${path}: ${message}` : `${path} is ${shown(value)}; allowed is ${message}`;
}

const theFile = 'the file';

/** Enough to find it by. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}

function shapeFaults(issue: z.core.$ZodIssue): readonly ConfigFault[] {
  const path = pathText(issue.path);
  const at = { path, ...(issue.input !== undefined && { value: issue.input }) };
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key));
    case 'invalid_value':
      return [{ ...at, message: `one of ${issue.values.map((one) => JSON.stringify(one)).join(', ')}; choose one` }];
    case 'invalid_type':
      if (issue.input === undefined)
        return [{ path, message: `missing; allowed is ${article(issue.expected)}; add it` }];
      return [{ ...at, message: `${article(issue.expected)}; correct it` }];
    case 'invalid_union':
      return [{ ...at, message: 'a text or null; choose one' }];
    default:
      return [
        { ...at, message: issue.message === 'Invalid input' ? 'what schema.json says; correct it' : issue.message },
      ];
  }
}

function unknownKey(parent: string, key: string): ConfigFault {
  const near = nearest(key, knownKeys);
  return {
    path: parent === theFile ? key : `${parent}.${key}`,
    message: `no key of this file${near === undefined ? '' : ` (did you mean ${near}?)`}; allowed are those of schema.json; rename it or take it away`,
  };
}

const knownKeys: readonly string[] = (
  'description name defaultCountry rules lookups writesRd businessHours identity processing endings agentStates workerRules ' +
  'write value when on overwrite isId timeZone weekly holidays mon tue wed thu fri sat sun order sticky externalId origin ' +
  'processedBy assignedTo state isReasonSent customer agent system consult coldTransfer warmTransfer externalColdTransfer ' +
  'externalWarmTransfer externalTransfer'
).split(' ');

function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`;
    const name = String(part);
    if (!/^[\w$-]+$/.test(name)) return `${before}[${JSON.stringify(name)}]`;
    return before === '' ? name : `${before}.${name}`;
  }, '');
  return text === '' ? theFile : text;
}

function article(type: string): string {
  return type === 'array'
    ? 'a list'
    : type === 'object' || type === 'record'
      ? 'an object'
      : type === 'string'
        ? 'a text'
        : `a ${type}`;
}
