import type { EnrichmentConfig } from '../domain/enrichment/enrichment-config.ts';
import type { RuleEvent } from '../domain/enrichment/rule-scope.ts';
import { withoutSecrets } from '../domain/secrets-in-attributes.ts';
import { plainNumbers } from '../domain/task-attributes.ts';
import type { TaskAttributes } from '../domain/task-attributes.ts';
import type { ReadTask, ToE164 } from '../domain/task-shapes/canonical-task.ts';
import { partyOf } from '../domain/task-shapes/processing.ts';
import { readCanonicalTask } from '../domain/task-shapes/read-canonical-task.ts';
import type { Expressions } from '../ports/expressions.ts';

interface Needs {
  readonly config: EnrichmentConfig;
  readonly expressions: Expressions;
  readonly toE164: ToE164;
}

/**
 * Reads the task as the rules see it. Where the configuration says by expressions who dealt with a call, those are
 * evaluated over the task as it reads without them; one that gives nothing, or fails, leaves what the task says.
 */
export async function readForRules(has: Needs, attributes: TaskAttributes, event: RuleEvent): Promise<ReadTask> {
  const plain = plainNumbers(attributes);
  const how = { toE164: has.toE164, channel: event.channel };
  const read = readCanonicalTask(plain, how);
  const { processing } = has.config;
  if (processing === undefined) return read;
  const scope = { task: read.task, attributes: withoutSecrets(plain).value, event, lookups: has.config.lookups };
  const party = async (text: string | undefined) => {
    const compiled = text === undefined ? undefined : has.expressions.compile(text);
    const evaluated = compiled?.kind === 'expression' ? await compiled.expression.evaluate(scope) : undefined;
    return evaluated?.kind === 'value' ? partyOf(evaluated.value) : undefined;
  };
  const stated = {
    origin: await party(processing.origin),
    processedBy: await party(processing.processedBy),
    assignedTo: await party(processing.assignedTo),
  };
  const known = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
  return readCanonicalTask(plain, { ...how, processing: known });
}
