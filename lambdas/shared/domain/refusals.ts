/**
 * Why a source is not deleted. A closed list: each is what `status` prints and a row in the runbook.
 *
 * The last three are the gate's, which is the same for all recordings; every other one follows from the recording, its
 * tasks and the policy.
 */
export const refusalReasons = [
  'tombstoned',
  'already-deleted',
  'gone-external',
  'source-empty',
  'source-not-final',
  'archive-unverified',
  'retention-ended',
  'archive-sealed',
  'archive-version-unknown',
  'archive-size-mismatch',
  'archive-hash-mismatch',
  'archive-channels-mismatch',
  'archive-duration-mismatch',
  'archive-header-mismatch',
  'archive-missing',
  'archive-mismatched',
  'held',
  'no-task-known',
  'task-open',
  'transfer-open',
  'no-agent-leg',
  'leg-missing',
  'leg-failed',
  'leg-timed-out',
  'leg-ambiguous',
  'calabrio-not-configured',
  'api-unconfirmed',
  'api-mismatch',
  'insights-depends-on-twilio',
  'grace',
  'queue-excluded',
  'account-not-allowed',
  'workspace-not-allowed',
  'switched-off',
  'dry-run',
  'ingest-unproven',
  'hourly-cap',
  'breaker-open',
] as const;

export type RefusalReason = (typeof refusalReasons)[number];
