import * as z from 'zod/mini';
import { parseTaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import { faultText, noJson, shapeFaults } from '../../../lambdas/shared/messages/config-faults.ts';
import type { ConfigFault } from '../../../lambdas/shared/messages/config-faults.ts';
import { jsonOf } from '../../../lambdas/shared/messages/json-text.ts';
import { counted } from '../../../local/terminal/words.ts';
import { twilioConfigFaults } from './config-faults.ts';
import { twilioConfigSchema } from './config-schema.ts';
import type { TwilioConfig, TwilioConfigFile, WantedWorker } from './config-schema.ts';

/** A configuration of Twilio's side cannot be used; the message has a line for every fault. Which file it is, its reader says. */
export class TwilioConfigError extends Error {
  override readonly name = 'TwilioConfigError';
  readonly faults: readonly ConfigFault[];
  constructor(faults: readonly ConfigFault[]) {
    super(
      `the configuration has ${counted(faults.length, 'fault')}:\n${faults.map((one) => `- ${faultText(one)}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

/**
 * A file such as config/taskrouter.json; `readRoster` gives the workers of a CSV that it names.
 *
 * @throws {TwilioConfigError} naming each fault: its path, the value, what was allowed and what to do. First those of the
 *   shape; those of names when the shape has none.
 */
export async function readTwilioConfig(
  text: string,
  readRoster: (path: string) => Promise<readonly WantedWorker[]>,
): Promise<TwilioConfig> {
  const json = jsonOf(text);
  if (json === undefined) throw new TwilioConfigError([noJson]);
  // An id of a worker's that JavaScript cannot count to stays what it is.
  const kept = parseTaskAttributes(text);
  const parsed = twilioConfigSchema.safeParse(kept.kind === 'object' ? kept.attributes : json, { reportInput: true });
  if (!parsed.success) throw new TwilioConfigError(parsed.error.issues.flatMap(faultsOf));
  const config = await withWorkers(parsed.data, readRoster);
  const faults = twilioConfigFaults(config);
  if (faults.length > 0) throw new TwilioConfigError(faults);
  return config;
}

async function withWorkers(
  { $schema: _schema, description: _description, workers, ...config }: TwilioConfigFile,
  readRoster: (path: string) => Promise<readonly WantedWorker[]>,
): Promise<TwilioConfig> {
  if (workers === undefined) return config;
  return { ...config, workers: 'roster' in workers ? await readRoster(workers.roster) : workers };
}

function faultsOf(issue: z.core.$ZodIssue): readonly ConfigFault[] {
  if (issue.code === 'invalid_union') return unionFaults(issue);
  return shapeFaults(issue, knownKeys).map((fault) => ({
    ...fault,
    message: fault.message.replace('schema.json', 'taskrouter.schema.json'),
  }));
}

/** Of the alternative that came nearest: the one with the deepest fault. */
function unionFaults(issue: z.core.$ZodIssueInvalidUnion): readonly ConfigFault[] {
  const depth = (issues: readonly z.core.$ZodIssue[]): number =>
    Math.max(0, ...issues.map(({ path, code }) => path.length + (code === 'invalid_type' ? 0 : 1)));
  const [nearestOne = []] = [...issue.errors].sort((one, other) => depth(other) - depth(one));
  return nearestOne.flatMap((one) => faultsOf({ ...one, path: [...issue.path, ...one.path] }));
}

/** Every key that the schema has, for the nearest of them. */
const knownKeys: readonly string[] = [...new Set(keysOf(z.toJSONSchema(twilioConfigSchema, { io: 'input' })))];

function keysOf(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(keysOf);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => [
    ...(key === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : []),
    ...keysOf(value),
  ]);
}
