import * as z from 'zod/mini';
import { RetryableError } from '../../domain/outcome.ts';
import { jsonOf } from '../../messages/json-text.ts';
import { faultName } from '../http/fault-name.ts';
import { retryAfterSeconds } from '../http/retry-after.ts';

/** What was asked of Calabrio. Only method and path are repeated in errors; the path is of constants and a contact's number. */
export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
}

/** No answer, or half of one: a broken connection, a timeout, a name that does not resolve. */
export function unanswered(asked: Asked, cause: unknown): RetryableError {
  const message = `Calabrio did not answer ${asked.method} ${asked.url.pathname}: ${faultName(cause)}`;
  return new RetryableError(message, { reason: 'calabrio-unavailable', cause });
}

/** What an answer means that is neither 2xx nor expected. Its body is not looked at: it may quote what was sent. */
export function refusal(asked: Asked, { status, headers }: Pick<Response, 'status' | 'headers'>): RetryableError {
  const message = `Calabrio answered ${asked.method} ${asked.url.pathname} with ${status}`;
  return new RetryableError(message, {
    reason: reasonOf(status),
    retryAfterSeconds: retryAfterSeconds((name) => headers.get(name)),
  });
}

function reasonOf(status: number): string {
  if (status === 401 || status === 403) return 'calabrio-credentials';
  if (status === 429) return 'calabrio-rate-limited';
  return status === 408 || status >= 500 ? 'calabrio-unavailable' : 'calabrio-refused';
}

/**
 * Calabrio's JSON in the wanted shape. The fields at fault are named, their values never.
 *
 * @throws {RetryableError} `calabrio-unreadable`
 */
export function readJson<Schema extends z.ZodMiniType>(asked: Asked, schema: Schema, body: string): z.output<Schema> {
  const parsed = z.safeParse(schema, jsonOf(body));
  if (parsed.success) return parsed.data;
  const fields = new Set(
    parsed.error.issues.map(({ path }) => (path.length === 0 ? 'the whole of it' : fieldOf(path))),
  );
  throw unreadable(asked, [...fields].join(', '));
}

/** An answer that should have been Calabrio's and is not: something between us spoke, or Calabrio changed its ways. */
export function unreadable(asked: Asked, what: string): RetryableError {
  return new RetryableError(`Calabrio's answer to ${asked.method} ${asked.url.pathname} cannot be used: ${what}`, {
    reason: 'calabrio-unreadable',
  });
}

/** No deeper than the field itself: the names within metadata are the tenant's own. */
function fieldOf(path: readonly PropertyKey[]): string {
  return String(path.find((part) => typeof part === 'string') ?? path[0]);
}
