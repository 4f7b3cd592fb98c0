/**
 * What may become of one message: done, ignored for a named reason, retried, parked or quarantined.
 *
 * A function returns `done` or `ignored(reason)`, or throws one of the errors below. `runtime/judge.ts` alone turns
 * that into a fate; an error of any other class is a fault of ours and is retried, because a fault of ours must not
 * cost a recording.
 */

/** Why nothing was to be done. A closed list: each is a log field and a row in the runbook. */
export type IgnoreReason =
  | 'activity-unmapped'
  | 'agent-state-stale'
  | 'already-deleted'
  | 'archive-mismatched'
  | 'contact-unmatched'
  | 'conversation-gone'
  | 'deletion-refused'
  | 'event-type-not-handled'
  | 'foreign-account'
  | 'foreign-workspace'
  | 'link-kept'
  | 'link-not-wanted'
  | 'link-settled'
  | 'no-recording-known'
  | 'no-target'
  | 'own-report'
  | 'probe'
  | 'recording-absent'
  | 'recording-not-final'
  | 'report-outdated'
  | 'retention-ended'
  | 'review-not-wanted'
  | 'target-disabled'
  | 'task-closed'
  | 'task-gone'
  | 'test-event'
  | 'tombstoned'
  | 'window-closed'
  | 'worker-gone'
  | 'worker-writes-off';

export type Outcome = { readonly kind: 'done' } | { readonly kind: 'ignored'; readonly reason: IgnoreReason };

export const done: Outcome = { kind: 'done' };

export function ignored(reason: IgnoreReason): Outcome {
  return { kind: 'ignored', reason };
}

interface FailureDetails {
  /** The stable name of the failure, for metrics, `FailureReason` and the runbook: kebab-case, no data in it. */
  readonly reason: string;
  readonly cause?: unknown;
}

/** The message is sound and the world is not ready: the message stays on its queue and comes again later. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
  readonly reason: string;
  /** Never come again sooner than this, when the other side said so (`Retry-After`). */
  readonly retryAfterSeconds: number | undefined;
  constructor(message: string, details: FailureDetails & { readonly retryAfterSeconds?: number | undefined }) {
    super(message, { cause: details.cause });
    this.reason = details.reason;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** No retry of this same message can succeed: it is parked unchanged with its reason, where a person finds it. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  readonly reason: string;
  constructor(message: string, details: FailureDetails) {
    super(message, { cause: details.cause });
    this.reason = details.reason;
  }
}

/** The sender is not proved: the message goes unchanged to the quarantine queue, to be proved again on redrive. */
export class UnprovedSenderError extends Error {
  override readonly name = 'UnprovedSenderError';
  readonly reason: string;
  constructor(message: string, details: FailureDetails) {
    super(message, { cause: details.cause });
    this.reason = details.reason;
  }
}
