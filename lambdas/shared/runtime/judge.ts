import { PermanentError, RetryableError, UnprovedSenderError } from '../domain/outcome.ts';
import type { IgnoreReason, Outcome } from '../domain/outcome.ts';
import { InvalidSidError } from '../domain/sids.ts';
import { backoffSeconds } from './backoff.ts';

/** How the work on one message ended. */
export type Ending =
  { readonly kind: 'returned'; readonly outcome: Outcome } | { readonly kind: 'threw'; readonly error: unknown };

/** What becomes of the message. Only the first two and a park or quarantine that SQS accepted take it off its queue. */
export type Fate =
  | { readonly kind: 'done' }
  | { readonly kind: 'ignored'; readonly reason: IgnoreReason }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterSeconds: number }
  | { readonly kind: 'park'; readonly reason: string }
  | { readonly kind: 'quarantine'; readonly reason: string };

export interface Attempt {
  /** How often the message was received, this time included. */
  readonly receiveCount: number;
  /** A random number from 0 up to, not including, 1. */
  readonly random: number;
}

/** A fault of ours is tried this often: a deployment may heal it, a person must see it. */
const MAX_RECEIVES_UNCLASSIFIED = 8;

/** Below the queues' `maxReceiveCount` (125), so that SQS's own move, which knows no reason, only meets killed functions. */
const MAX_RECEIVES = 120;

/**
 * The single judge: says what becomes of a message from how the work on it ended. Pure; nobody else decides this.
 *
 * An error of a class it does not know is a fault of ours: retried, and parked as `unclassified` at the 8th receive.
 * Whatever else keeps failing is parked as `gave-up:<reason>` at the 120th.
 */
export function judge(ending: Ending, attempt: Attempt): Fate {
  if (ending.kind === 'returned') return ending.outcome;
  const { error } = ending;
  if (error instanceof PermanentError) return { kind: 'park', reason: error.reason };
  if (error instanceof UnprovedSenderError) return { kind: 'quarantine', reason: error.reason };
  if (error instanceof InvalidSidError) return { kind: 'park', reason: 'invalid-sid' };
  if (error instanceof RetryableError) return retry(error.reason, attempt, error.retryAfterSeconds);
  return attempt.receiveCount >= MAX_RECEIVES_UNCLASSIFIED
    ? { kind: 'park', reason: 'unclassified' }
    : retry('unclassified', attempt);
}

/** What becomes of a message that was to be put aside and could not be: it stays, however often that was, so that it is not lost. */
export function judgeStranded(
  fate: Extract<Fate, { kind: 'park' | 'quarantine' }>,
  attempt: Attempt,
): Extract<Fate, { kind: 'retry' }> {
  return { kind: 'retry', reason: `${fate.kind}-failed:${fate.reason}`, afterSeconds: backoffSeconds(attempt) };
}

function retry(reason: string, attempt: Attempt, retryAfterSeconds?: number): Fate {
  if (attempt.receiveCount >= MAX_RECEIVES) return { kind: 'park', reason: `gave-up:${reason}` };
  return { kind: 'retry', reason, afterSeconds: backoffSeconds({ ...attempt, retryAfterSeconds }) };
}
