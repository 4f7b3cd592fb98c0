import type { TwilioRefusal } from '../../ports/interactions.ts';
import { retryAfterSeconds } from '../http/retry-after.ts';
import type { TwilioAnswer } from './twilio-client.ts';
import { errorCodeOf } from './twilio-failures.ts';

/** All of 4xx but 408: Twilio has read the request and says that it did nothing for it. */
export const nothingDone: readonly number[] = Array.from({ length: 100 }, (_, place) => 400 + place).filter(
  (status) => status !== 408,
);

/** What an answer says whose status is one of `nothingDone`. */
export function refusalIn(answer: TwilioAnswer): TwilioRefusal {
  const code = errorCodeOf(answer.body);
  const seconds = retryAfterSeconds((name) => answer.headers.get(name));
  return {
    kind: 'refused',
    status: answer.status,
    ...(code !== undefined && { code }),
    ...(seconds !== undefined && { retryAfterSeconds: seconds }),
  };
}

export function isRefused({ status }: TwilioAnswer): boolean {
  return status >= 400;
}
