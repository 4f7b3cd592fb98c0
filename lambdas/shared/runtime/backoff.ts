const FIRST_CEILING_SECONDS = 1;
const CEILING_CAP_SECONDS = 15 * 60;
const SHORTEST_SECONDS = 1;

/**
 * The longest that a message can be hidden and still come back in its own time: SQS counts 12 h from the receive, and
 * an hour is left for the work.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html (read 2026-11)
 */
const LONGEST_SECONDS = 11 * 60 * 60;

export interface FailedAttempt {
  /** How often the message was received, this time included; 1 or more. */
  readonly receiveCount: number;
  /** A random number from 0 up to, not including, 1. */
  readonly random: number;
  /** What the other side asked for (`Retry-After`), if it did. */
  readonly retryAfterSeconds?: number | undefined;
}

/**
 * How many whole seconds a message waits before it is tried again: full jitter under a ceiling that doubles from 1 s
 * to 15 min, so that messages that failed together do not come back together.
 *
 * Never under 1 s, never sooner than `Retry-After` asked, never over 11 h (SQS could not hide it longer).
 */
export function backoffSeconds(attempt: FailedAttempt): number {
  const doublings = Math.max(0, attempt.receiveCount - 1);
  const ceiling = Math.min(CEILING_CAP_SECONDS, FIRST_CEILING_SECONDS * 2 ** doublings);
  const jittered = Math.ceil(attempt.random * ceiling);
  // `|| 0` also for NaN: an unreadable Retry-After asks for nothing.
  const asked = Math.ceil(attempt.retryAfterSeconds || 0);
  return Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, jittered, asked));
}
