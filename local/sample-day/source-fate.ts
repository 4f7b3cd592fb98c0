import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '../../lambdas/shared/domain/policy.ts';
import type { RefusalReason } from '../../lambdas/shared/domain/refusals.ts';

/**
 * What must become of a source at Twilio: deleted by us, gone by somebody else's doing, or there for at least these
 * reasons. `unsaid` where the script does not know: two things happen at about the same time under that policy.
 */
export type SourceFate = 'deleted' | 'gone' | 'unsaid' | readonly RefusalReason[];

/** What the script speaks for, and what of it the run has. */
export interface ScriptedRun {
  readonly policy: Policy;
  readonly owesLinks: boolean;
  /** True where our recordings are put into the tasks' media. */
  readonly owesMedia: boolean;
}

/** What the script knows of one recording's source, for each policy that the day is played under. */
export type Expectation = (policy: Policy, run: Pick<ScriptedRun, 'owesMedia'>) => SourceFate;

/** An ordinary call: everybody confirms it, so its source goes. */
export const goes: Expectation = () => 'deleted';

/** Stays whoever is asked. */
export function stays(...reasons: readonly RefusalReason[]): Expectation {
  return () => reasons;
}

/** What Calabrio's word decides; where the archive's own is enough, the source goes. */
export function byCalabrio(fate: SourceFate | Expectation): Expectation {
  return (policy, run) => {
    if (policy.deletion.confirmedBy === 'archive') return 'deleted';
    return typeof fate === 'function' ? fate(policy, run) : fate;
  };
}

/** Media plays it from Twilio, so its source stays, unless ours is put before it. */
export function byMedia(fate: Expectation): Expectation {
  return (policy, run) => (run.owesMedia ? fate(policy, run) : ['insights-depends-on-twilio']);
}

/** As `byCalabrio`, where only Calabrio's API has something against it. */
export function byApi(...reasons: readonly RefusalReason[]): Expectation {
  return byCalabrio(({ calabrio }) => (calabrio?.verify === 'off' ? 'deleted' : reasons));
}

/**
 * The fate of a source under this policy. The script speaks for the sample's own policy, whoever confirms and whatever
 * Calabrio makes a contact of; for every other it says nothing.
 */
export function expectedFate(expectation: Expectation, policy: Policy, sample: ScriptedRun): SourceFate {
  const { enabled, dryRun } = policy.deletion;
  if (!isKnownGround(policy, sample.policy) || !sample.owesLinks) return 'unsaid';
  const fate = expectation(policy, sample);
  if (fate === 'gone' || (enabled && !dryRun)) return fate;
  const off: readonly RefusalReason[] = [
    ...(enabled ? [] : ['switched-off' as const]),
    ...(dryRun ? ['dry-run' as const] : []),
  ];
  return typeof fate === 'string' ? off : [...fate, ...off];
}

/** The longest grace and the most proofs under which the day is long enough. */
const mostGraceSeconds = 600;
const mostIngestProof = 10;

function isKnownGround(policy: Policy, sample: Policy): boolean {
  const { deletion, calabrio } = policy;
  if (deletion.graceSeconds > mostGraceSeconds || deletion.ingestProof > mostIngestProof) return false;
  if (deletion.hourlyCap < sample.deletion.hourlyCap) return false;
  const { confirmedBy, graceSeconds, ingestProof, hourlyCap, enabled, dryRun } = deletion;
  const known: Policy = {
    ...sample,
    deletion: { ...sample.deletion, confirmedBy, graceSeconds, ingestProof, hourlyCap, enabled, dryRun },
    ...(sample.calabrio !== undefined &&
      calabrio !== undefined && {
        calabrio: {
          ...sample.calabrio,
          legModel: calabrio.legModel,
          verify: calabrio.verify,
          tenantId: calabrio.tenantId,
        },
      }),
    reports: policy.reports,
  };
  return isDeepStrictEqual(policy, known);
}
