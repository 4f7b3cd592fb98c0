import type { CalabrioPolicy, DeletionPolicy, Policy } from '../../lambdas/shared/domain/policy.ts';
import { sids } from './example-sids.ts';

export const exampleTenantId = 1001;

/** Calabrio as the strictest stage has it, without its API. */
export function exampleCalabrio(changes: Partial<CalabrioPolicy> = {}): CalabrioPolicy {
  return {
    tenantId: exampleTenantId,
    legModel: 'per-reservation',
    verify: 'when-configured',
    isApiConfigured: false,
    legTimeoutSeconds: 72 * 3600,
    ...changes,
  };
}

/** A policy under which a source goes as soon as every rule holds: on, not dry-run, no grace, no proof of ingest. */
export function examplePolicy(
  deletion: Partial<DeletionPolicy> = {},
  rest: Partial<Omit<Policy, 'deletion'>> = {},
): Policy {
  return {
    deletion: {
      enabled: true,
      dryRun: false,
      confirmedBy: 'calabrio',
      graceSeconds: 0,
      hourlyCap: 50,
      ingestProof: 0,
      breaker: { sampleSize: 20, openAtPercent: 25 },
      allowedAccountSids: [sids.account()],
      allowedWorkspaceSids: [sids.workspace()],
      acceptLegs: [],
      waiveInsights: false,
      queues: {},
      ...deletion,
    },
    calabrio: exampleCalabrio(),
    onExistingLink: 'replace',
    reports: { archive: false, calabrio: false },
    ...rest,
  };
}

/** The same with deletion switched off, and no tenant: what a first deployment has. */
export function cautiousPolicy(): Policy {
  const { calabrio: _none, ...policy } = examplePolicy({ enabled: false, dryRun: true });
  return policy;
}
