import type { RetentionClass, RetentionConfig } from '../domain/retention/retention-config.ts';
import { faultText, noJson, shapeFaults } from './config-faults.ts';
import type { ConfigFault } from './config-faults.ts';
import { jsonOf } from './json-text.ts';
import { retentionFaults } from './retention-config-faults.ts';
import { retentionConfigSchema } from './retention-config-schema.ts';
import type { RetentionFile } from './retention-config-schema.ts';

/** A retention file cannot be used; the message has a line for every fault. Which file it is, its reader says. */
export class RetentionFileError extends Error {
  override readonly name = 'RetentionFileError';
  readonly faults: readonly ConfigFault[];
  constructor(faults: readonly ConfigFault[]) {
    const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    super(`The retention configuration has ${count}:\n${faults.map((fault) => `- ${faultText(fault)}`).join('\n')}`);
    this.faults = faults;
  }
}

/**
 * One file of config/retention, with every default filled in and the descriptions left out.
 *
 * @throws {RetentionFileError} naming each fault: its path, the value, what was allowed and what to do. First those of the
 *   shape; those of names, locks and steps when the shape has none.
 */
export function readRetentionConfig(text: string): RetentionConfig {
  const json = jsonOf(text);
  if (json === undefined) throw new RetentionFileError([noJson]);
  const parsed = retentionConfigSchema.safeParse(json, { reportInput: true });
  if (!parsed.success) {
    throw new RetentionFileError(parsed.error.issues.flatMap((issue) => shapeFaults(issue, knownKeys)));
  }
  const config = { classes: parsed.data.classes.map(plainClass) };
  const faults = retentionFaults(config);
  if (faults.length > 0) throw new RetentionFileError(faults);
  return config;
}

function plainClass({ description: _description, ...plain }: RetentionFile['classes'][number]): RetentionClass {
  return plain;
}

const knownKeys: readonly string[] = (
  'description classes name when queues clientIds channels directions consent days lock mode delayHours storage afterDays ' +
  'storageClass'
).split(' ');
