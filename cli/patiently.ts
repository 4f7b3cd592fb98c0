import { RetryableError } from '../lambdas/shared/domain/outcome.ts';

/** So often one call is made; then Twilio is away, and the person is told so. */
const attempts = 6;
const longestPauseSeconds = 60;
const passing: readonly string[] = ['twilio-rate-limited', 'twilio-unavailable'];

const isPassing = ({ reason }: RetryableError): boolean => passing.includes(reason);

export interface Patience {
  readonly pause: (seconds: number) => Promise<void>;
  /** Says to the person why nothing moves. */
  readonly tell: (text: string) => void;
}

/**
 * What the call of Twilio gives: where Twilio asks for fewer calls (429) or does not answer, the call is made again after
 * as long as Twilio said, or after 1, 2, 4, 8 and 16 s.
 *
 * @throws {RetryableError} what the sixth attempt met, and at once what waiting does not cure.
 */
export async function patiently<T>(
  has: Patience,
  call: () => Promise<T>,
  isWorthAnother: (error: RetryableError) => boolean = isPassing,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await call().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ('value' in result) return result.value;
    const { error } = result;
    if (!(error instanceof RetryableError) || !isWorthAnother(error) || attempt === attempts) throw error;
    const seconds = Math.min(longestPauseSeconds, Math.max(error.retryAfterSeconds ?? 0, 2 ** (attempt - 1)));
    has.tell(`Twilio is busy (${error.reason}); going on in ${seconds} s`);
    await has.pause(seconds);
  }
}
