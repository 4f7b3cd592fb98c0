/**
 * Why a source is not deleted. A closed list: each is what `status` prints and a row in the runbook.
 *
 * The first group follows from the recording and its tasks, the second (`gate…`) from the switch, the cap and the
 * breaker, which are the same for all.
 */
export const refusalReasons = [
  'tombstoned',
  'already-deleted',
  'gone-external',
  'source-empty',
  'source-not-final',
  'archive-unverified',
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
