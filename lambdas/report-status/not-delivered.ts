import { PermanentError, RetryableError } from '../shared/domain/outcome.ts';

/** So long a target may be away and still get everything; then the message is parked, where it can be sent again from. */
const giveUpAfterSeconds = 24 * 60 * 60;

/** The pauses grow with the age of the message, up to this. */
const longestPauseSeconds = 30 * 60;

export interface Failed {
  /** What is the case, without a secret and without the target's URL. */
  readonly what: string;
  readonly reason: 'target-refused' | 'target-unanswered' | 'target-secret-missing';
  /** What the target asked for, if it did. */
  readonly retryAfterSeconds?: number | undefined;
}

/**
 * The error for an attempt that failed: to be tried again for 24 h, then to be parked.
 *
 * The judge in `runtime/` parks at the 120th receive, which its own pauses reach after some 12 h, or much sooner where
 * chance makes them short. So no attempt comes sooner than after a quarter of the message's age or, once that is older
 * than two hours, half an hour: at most 82 receives in 24 h, whatever chance does.
 */
export function notDelivered(
  { what, reason, retryAfterSeconds = 0 }: Failed,
  age: { readonly sentAt: Date; readonly now: Date },
): RetryableError | PermanentError {
  const ageSeconds = Math.max(0, (age.now.getTime() - age.sentAt.getTime()) / 1000);
  if (ageSeconds >= giveUpAfterSeconds) {
    return new PermanentError(
      `${what}, and has not taken this for ${Math.floor(ageSeconds / 3600)} h: redrive it when the target is well`,
      { reason: 'report-undeliverable' },
    );
  }
  return new RetryableError(what, {
    reason,
    retryAfterSeconds: Math.max(retryAfterSeconds, Math.min(longestPauseSeconds, ageSeconds / 4)),
  });
}
