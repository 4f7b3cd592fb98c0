import * as z from 'zod/mini';
import { RetryableError } from '../../domain/outcome.ts';

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
  return new RetryableError(message, { reason: reasonOf(status), retryAfterSeconds: retryAfterSeconds(headers) });
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

/** Seconds, or a date that is counted from the answer's own `Date`; undefined when there is neither. */
function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers.get('Retry-After')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  const seconds = (Date.parse(value) - Date.parse(headers.get('Date') ?? '')) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}

/** Undefined for what is no JSON, which no schema takes. The parser's error is dropped on purpose: it quotes the text. */
function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** fetch wraps the error that says something (`ECONNRESET`) in one that does not (`fetch failed`). */
function faultName(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return typeof cause;
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  if ('cause' in cause && cause.cause !== undefined) return faultName(cause.cause);
  return 'name' in cause && typeof cause.name === 'string' ? cause.name : 'Error';
}
