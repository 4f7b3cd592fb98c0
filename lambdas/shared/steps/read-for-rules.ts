import type { EnrichmentConfig } from '../domain/enrichment/enrichment-config.ts';
import type { RuleEvent } from '../domain/enrichment/rule-scope.ts';
import { withoutSecrets } from '../domain/secrets-in-attributes.ts';
import type { TaskAttributes } from '../domain/task-attributes.ts';
import type { ReadTask, ToE164 } from '../domain/task-shapes/canonical-task.ts';
import { readCanonicalTask } from '../domain/task-shapes/read-canonical-task.ts';
import type { Expressions } from '../ports/expressions.ts';
import { expressionValue } from './expression-value.ts';

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
  const how = { toE164: has.toE164, channel: event.channel };
  const read = readCanonicalTask(attributes, how);
  const { processing, lookups } = has.config;
  if (processing === undefined) return read;
  const scope = { task: read.task, attributes: withoutSecrets(attributes).value, event, lookups };
  const valueOf = (text: string | undefined): Promise<unknown> => expressionValue(has.expressions, text, scope);
  const stated = {
    origin: await valueOf(processing.origin),
    processedBy: await valueOf(processing.processedBy),
    assignedTo: await valueOf(processing.assignedTo),
  };
  return readCanonicalTask(attributes, { ...how, processing: stated });
}
