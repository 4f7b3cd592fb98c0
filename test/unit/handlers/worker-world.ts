import type { EnrichmentConfig, Rule } from '../../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import type { EnrichmentMode } from '../../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import { jsonataExpressions } from '../../../lambdas/shared/adapters/expressions/jsonata-expressions.ts';
import { toE164In } from '../../../lambdas/shared/adapters/phone/to-e164.ts';
import type { WorkerEvent } from '../../../lambdas/shared/domain/worker/worker-event.ts';
import type { Meter } from '../../../lambdas/shared/ports/meter.ts';
import { sids } from '../../support/example-sids.ts';
import { collectingWorkQueues } from '../../support/fakes/collecting-work-queues.ts';
import { inMemoryWorkers } from '../../support/fakes/in-memory-workers.ts';

/** What Insights wants of agents, of what these workers have. */
export const departmentRule: Rule = {
  name: 'department',
  write: 'department_name',
  value: 'worker.departmentName',
};

export const exampleConfig: Pick<EnrichmentConfig, 'workerRules' | 'lookups' | 'agentStates'> = {
  workerRules: [departmentRule],
  lookups: { departments: { 'Contact Center': '2' } },
  agentStates: { Available: { state: 'Ready' }, Lunch: { state: 'Not Ready', isReasonSent: true } },
};

/** An agent whose department Insights would not read, with a secret and a number that JavaScript cannot hold. */
export const agentText =
  '{"rd_auth_token":"not-a-real-token","department":"Contact Center","employee":12345678901234567890,"team_id":"1"}';

export interface WorldSettings {
  readonly workerWrites?: boolean;
  readonly enrichmentMode?: EnrichmentMode;
  readonly hipaaMode?: boolean;
  readonly givesEtags?: boolean;
  readonly config?: Partial<typeof exampleConfig>;
}

/** Everything that enrich-task reaches of workers, in memory, with one agent called ada. */
export function startWorkerWorld({ givesEtags = true, config, ...settings }: WorldSettings = {}) {
  const measures: Parameters<Meter['measure']>[0][] = [];
  const workers = inMemoryWorkers({ givesEtags });
  workers.put({
    workerSid: sids.worker(),
    friendlyName: 'ada',
    activityName: 'Available',
    attributes: agentText,
  });
  return {
    workers,
    queues: collectingWorkQueues(),
    expressions: jsonataExpressions(),
    toE164: toE164In('US'),
    config: { ...exampleConfig, ...config },
    enrichmentMode: 'fill' as const,
    hipaaMode: false,
    workerWrites: true,
    meter: { measure: (measure: Parameters<Meter['measure']>[0]) => void measures.push(measure) },
    /** `name outcome value`, in order. */
    counted: () => measures.map(({ name, outcome, value }) => `${name} ${outcome} ${value}`),
    ...settings,
  };
}

export const attributesEvent = (attributesText: string | undefined = agentText): WorkerEvent => ({
  eventSid: sids.event(),
  eventType: 'worker.attributes.update',
  accountSid: sids.account(),
  workspaceSid: sids.workspace(),
  occurredAt: new Date('2026-11-20T10:00:00.250Z'),
  workerSid: sids.worker(),
  workerName: 'ada',
  ...(attributesText !== undefined && { attributesText }),
});

export const activityEvent = (activityName: string | undefined): WorkerEvent => ({
  ...attributesEvent(undefined),
  eventType: 'worker.activity.update',
  ...(activityName !== undefined && { activityName }),
});
