import { findIdentity } from '../../lambdas/shared/steps/find-identity.ts';
import type { EnrichmentConfig } from '../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import type { RuleEvent } from '../../lambdas/shared/domain/enrichment/rule-scope.ts';
import type { TaskAttributes } from '../../lambdas/shared/domain/task-attributes.ts';
import type { ReadTask } from '../../lambdas/shared/domain/task-shapes/canonical-task.ts';
import type { Expressions } from '../../lambdas/shared/ports/expressions.ts';

export interface NewIdentityNeeds {
  readonly config: EnrichmentConfig;
  readonly expressions: Expressions;
  readonly now: () => Date;
}

/** Whom Insights would take this task's customer for, had nobody met them before; undefined without `identity`. */
export async function newIdentity(
  { config, expressions, now }: NewIdentityNeeds,
  of: { readonly read: ReadTask; readonly event: RuleEvent; readonly attributes: TaskAttributes },
): Promise<string | undefined> {
  if (config.identity === undefined) return undefined;
  const forgetful = { ...config, identity: { ...config.identity, sticky: false } };
  return findIdentity({ config: forgetful, expressions, enrichmentMode: 'observe', ...noMemory, now }, of);
}

/** Nothing is remembered of anybody, and nothing new is. */
const noMemory = {
  identityMap: { read: async () => undefined, remember: async (_hash: string, identity: string) => identity },
  subjectHash: { of: async (kind: string) => kind },
};
