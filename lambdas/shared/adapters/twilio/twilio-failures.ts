import * as z from 'zod/mini';
import { RetryableError } from '../../domain/outcome.ts';
import { jsonOf } from '../../messages/json-text.ts';
import { faultName } from '../http/fault-name.ts';
import { retryAfterSeconds } from '../http/retry-after.ts';

/** What was asked of Twilio. Only method and path are repeated in errors; the path is of SIDs and constants. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
}

/** Of 4xx these may be answered otherwise next time: credentials, time-outs, a proxy's wrong turn, too early, too often. */
const passing = [401, 403, 404, 408, 421, 425, 429];
/** The other 4xx say no to this very request, however often it is made. */
export const noForGood = Array.from({ length: 100 }, (_, place) => 400 + place).filter(
  (status) => !passing.includes(status),
);

/** Twilio's error body. Its `message` is never repeated: it quotes what was sent. */
const errorBody = z.object({ code: z.number() });

/** No answer, or half of one: a broken connection, a timeout, a name that does not resolve. */
export function unanswered(asked: Asked, cause: unknown): RetryableError {
  const message = `Twilio did not answer ${asked.method} ${asked.url.pathname}: ${faultName(cause)}`;
  return new RetryableError(message, { reason: 'twilio-unavailable', cause });
}

/** What an answer means that is neither 2xx nor expected. Reads its body to the end. */
export async function refusal(asked: Asked, answer: Response): Promise<RetryableError> {
  const { status } = answer;
  const code = await errorCode(answer);
  const message = `Twilio answered ${asked.method} ${asked.url.pathname} with ${status}${code === undefined ? '' : ` (${code})`}`;
  const retry = (reason: string): RetryableError =>
    new RetryableError(message, { reason, retryAfterSeconds: retryAfterSeconds((name) => answer.headers.get(name)) });
  if (status === 401 || status === 403) return retry('twilio-credentials');
  if (status === 429) return retry('twilio-rate-limited');
  if (status === 408 || status >= 500) return retry('twilio-unavailable');
  // Whoever asked had no meaning for it. A proxy's passing 421 and a fault of ours look alike here, and neither may cost
  // a link within its 120 s; what stays so is parked with this reason after some 12 h.
  return retry('twilio-refused');
}

/** An answer that should have been Twilio's and is not: something between us spoke, or Twilio changed its ways. */
export function unreadable(asked: Asked, what: string, cause?: unknown): RetryableError {
  return new RetryableError(`Twilio's answer to ${asked.method} ${asked.url.pathname} cannot be used: ${what}`, {
    reason: 'twilio-unreadable',
    cause,
  });
}

/**
 * Twilio's JSON in the wanted shape. The fields at fault are named, their values never.
 *
 * @throws {RetryableError} `twilio-unreadable`
 */
export function readJson<Schema extends z.ZodMiniType>(asked: Asked, schema: Schema, body: string): z.output<Schema> {
  const parsed = z.safeParse(schema, jsonOf(body));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) =>
    path.length === 0 ? 'it is not a JSON object' : path.join('.'),
  );
  throw unreadable(asked, fields.join(', '));
}

async function errorCode(answer: Response): Promise<number | undefined> {
  // Half an error page says no more than none: the status is what counts.
  return errorCodeOf(await answer.text().catch(() => ''));
}

/** Twilio's own code in the body of an answer that says no; undefined when it gives none. */
export function errorCodeOf(body: string): number | undefined {
  return z.safeParse(errorBody, jsonOf(body)).data?.code;
}
