import type { CapturedEvent, CapturedTask } from './captured-events.ts';
import { newIdentity } from './new-identity.ts';
import type { NewIdentityNeeds } from './new-identity.ts';
import { ruleEvent } from '../../lambdas/shared/domain/enrichment/rule-event.ts';
import { identityKeys } from '../../lambdas/shared/domain/enrichment/identity.ts';
import type { IdentitySample } from '../../lambdas/shared/domain/enrichment/identity-splits.ts';
import type { ToE164 } from '../../lambdas/shared/domain/task-shapes/canonical-task.ts';
import { readForRules } from '../../lambdas/shared/steps/read-for-rules.ts';

export interface SampleNeeds extends NewIdentityNeeds {
  readonly toE164: ToE164;
}

export interface IdentitySamples {
  readonly samples: readonly IdentitySample[];
  /** Events that are of no task, or not of one that the pipeline would enrich. */
  readonly withoutTask: number;
  readonly unreadable: number;
  /** Why, for each of them; no value of a task is in it. */
  readonly unreadableWhy: readonly string[];
}

/** One sample for each task, with the attributes of its last event, in the order in which the tasks were first met. */
export async function identitySamples(has: SampleNeeds, captured: readonly CapturedEvent[]): Promise<IdentitySamples> {
  const lastOfEach = new Map<string, CapturedTask>();
  for (const [place, one] of captured.entries())
    if (one.kind === 'task')
      lastOfEach.set(one.assumed.includes('TaskSid') ? `event ${place}` : one.event.taskSid, one);
  const samples: IdentitySample[] = [];
  for (const task of lastOfEach.values()) samples.push(await sampleOf(has, task));
  const unreadableWhy = captured.flatMap((one) => (one.kind === 'unreadable' ? [one.why] : []));
  return {
    samples,
    withoutTask: captured.filter(({ kind }) => kind === 'without-task').length,
    unreadable: unreadableWhy.length,
    unreadableWhy,
  };
}

async function sampleOf(has: SampleNeeds, { attributes, event: taskEvent }: CapturedTask): Promise<IdentitySample> {
  const { identity } = has.config;
  if (identity === undefined) return { attributes, keys: [] };
  const event = ruleEvent(taskEvent);
  const read = await readForRules(has, attributes, event);
  // By the external id alone: the configuration's expression, and where that gives nothing, what is on the task.
  const byIdAlone = { ...has.config, identity: { ...identity, order: ['external_id' as const] } };
  const externalId = await newIdentity({ ...has, config: byIdAlone }, { read, event, attributes });
  return { attributes, keys: identityKeys(read.task, identity, externalId) };
}
