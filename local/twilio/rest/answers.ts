import type { RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../json.ts';

/** What a route says; the server writes it. */
export type Answer =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly json: JsonObject;
    }
  | { readonly kind: 'empty'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'media'; readonly recordingSid: RecordingSid; readonly channels: 1 | 2 };

/** Twilio's error body (twilio.com/docs/usage/requests-to-twilio, read 2026-11). */
export function errorAnswer(
  status: number,
  code: number,
  message: string,
  headers?: Readonly<Record<string, string>>,
): Answer {
  const json = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  return { kind: 'json', status, json, ...(headers && { headers }) };
}

export const notFound = (path: string): Answer =>
  errorAnswer(404, 20404, `The requested resource ${path} was not found`);
export const badRequest = (message: string): Answer => errorAnswer(400, 20001, message);

export const ok = (json: JsonObject, status = 200): Answer & { kind: 'json' } => ({
  kind: 'json',
  status,
  json,
});

export const gone: Answer = { kind: 'empty', status: 204 };
