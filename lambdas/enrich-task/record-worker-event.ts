import { lintWorkerAttributes } from '../shared/domain/insights/lint-worker-attributes.ts';
import { PermanentError, done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { EnrichmentConfig } from '../shared/domain/enrichment/enrichment-config.ts';
import { withoutSecrets } from '../shared/domain/secrets-in-attributes.ts';
import { parseTaskAttributes } from '../shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../shared/domain/task-attributes.ts';
import type { WorkerEvent } from '../shared/domain/worker/worker-event.ts';
import { agentStateOf } from '../shared/domain/worker/worker-state.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import { count } from './measure-enrichment.ts';
import { workerChanges } from './worker-changes.ts';
import type { WorkerRuleNeeds } from './worker-changes.ts';

export interface WorkerEventNeeds extends WorkerRuleNeeds {
  readonly queues: WorkQueues;
  readonly config: Pick<EnrichmentConfig, 'workerRules' | 'lookups' | 'agentStates'>;
  /** Off as shipped: where agents sign in by SSO, the identity provider's attributes replace ours at every login. */
  readonly workerWrites: boolean;
}

/**
 * Acts on what TaskRouter says of a worker: a new activity is told to whoever wants agents' states, new attributes are
 * looked at and, where the team lets us write, sent on to be written.
 *
 * A second time it counts again and sends again; what is sent does no harm twice.
 */
export async function recordWorkerEvent(has: WorkerEventNeeds, event: WorkerEvent): Promise<Outcome> {
  switch (event.eventType) {
    case 'worker.activity.update':
      return reportState(has, event);
    case 'worker.attributes.update':
      return lookAtAttributes(has, event);
  }
}

async function reportState(
  { config, queues, meter }: WorkerEventNeeds,
  { activityName, workerSid, workerName, occurredAt, eventSid }: WorkerEvent,
): Promise<Outcome> {
  const mapped = activityName === undefined ? undefined : agentStateOf(activityName, config.agentStates);
  if (mapped === undefined) {
    // A team without a mapping tells nobody on purpose.
    if (Object.keys(config.agentStates).length > 0) count(meter, 'agentStates', 'unmapped', 1);
    return ignored('activity-unmapped');
  }
  await queues.send({
    v: 1,
    route: 'internal/report-agent-state',
    workerSid,
    ...(workerName !== undefined && { workerName }),
    ...mapped,
    occurredAt: occurredAt.toISOString(),
    cause: eventSid,
  });
  count(meter, 'agentStates', 'reported', 1);
  return done;
}

async function lookAtAttributes(has: WorkerEventNeeds, event: WorkerEvent): Promise<Outcome> {
  const attributes = attributesOf(event);
  if (attributes === undefined) return done;
  count(has.meter, 'secretsInAttributes', 'worker', withoutSecrets(attributes).paths.length);
  const faults = lintWorkerAttributes(attributes).filter(({ level }) => level !== 'note');
  count(has.meter, 'workerAttributes', 'faulty', faults.length);
  if (has.config.workerRules.length === 0) return done;
  const { changes } = await workerChanges(has, attributes, event);
  if (changes.length === 0) return done;
  if (has.workerWrites && has.enrichmentMode !== 'observe') {
    await has.queues.send({ v: 1, route: 'internal/enrich-worker', workerSid: event.workerSid, cause: event.eventSid });
    return done;
  }
  count(has.meter, 'workerAttributes', 'observed', changes.length);
  return done;
}

/** @throws {PermanentError} `attributes-not-an-object` */
function attributesOf({ eventType, workerSid, attributesText }: WorkerEvent): TaskAttributes | undefined {
  if (attributesText === undefined) return undefined;
  const parsed = parseTaskAttributes(attributesText);
  if (parsed.kind === 'object') return parsed.attributes;
  throw new PermanentError(`${eventType} of ${workerSid}: ${parsed.why}`, { reason: 'attributes-not-an-object' });
}
