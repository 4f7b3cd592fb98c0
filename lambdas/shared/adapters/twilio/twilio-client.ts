import type { SecretSource } from '../../ports/secret-source.ts';
import { fetchAnswer, inTime } from './fetch-in-time.ts';
import { refusal, unanswered } from './twilio-failures.ts';

/** The part of the Twilio secret that REST calls are made with. */
export interface TwilioApiKey {
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
}

export interface TwilioClientSettings {
  readonly apiKey: SecretSource<TwilioApiKey>;
  /** Every Twilio host maps to this base, paths unchanged; absent for Twilio itself. */
  readonly baseUrl?: string | undefined;
}

export type TwilioForm = Readonly<Record<string, string | readonly string[]>>;

export interface TwilioRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Twilio's own URL, of SIDs and constants; without its query it appears in error messages. */
  readonly url: URL;
  /** A list is one field, given once for each of its texts. */
  readonly form?: TwilioForm;
  /** Sent as JSON, by the few resources that take it; not together with `form`. */
  readonly json?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Until the head of the answer is here, and for a `send` its body too. */
  readonly timeoutSeconds: number;
  /** The statuses besides 2xx that the caller has a meaning for. */
  readonly expects: readonly number[];
}

/** An answer whose status is 2xx or was expected, read to its end. */
export interface TwilioAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * What the pipeline's few calls to Twilio share. The `twilio` package hides ETags and headers on errors, ignores
 * Retry-After and has no media download, so these go by fetch.
 *
 * @throws {RetryableError} `twilio-credentials` on 401 and 403, also with the secret read afresh;
 *   `twilio-rate-limited` on 429, with Retry-After; `twilio-unavailable` on 408, 5xx, timeouts and broken connections.
 *   `twilio-refused` on any other status that was not expected.
 */
export interface TwilioClient {
  send(request: TwilioRequest): Promise<TwilioAnswer>;
  /** As `send`, with the body unread: it must be read to its end or cancelled. */
  open(request: TwilioRequest): Promise<Response>;
  /** Every Twilio host maps to this base; undefined for Twilio itself. */
  readonly base: URL | undefined;
}

export function twilioClient(settings: TwilioClientSettings): TwilioClient {
  const base = settings.baseUrl === undefined ? undefined : new URL(settings.baseUrl);
  const open = async (request: TwilioRequest, signal: AbortSignal): Promise<Response> => {
    const key = (await settings.apiKey.current()).reveal();
    const answer = await exchange(request, key, base, signal);
    if (answer.status !== 401 && answer.status !== 403) return usable(request, answer);
    // The key may have been rotated since the secret was read.
    const fresh = (await settings.apiKey.fresh()).reveal();
    if (fresh.apiKeySid === key.apiKeySid && fresh.apiKeySecret === key.apiKeySecret) return usable(request, answer);
    await answer.body?.cancel();
    return usable(request, await exchange(request, fresh, base, signal));
  };
  return {
    send: (request) =>
      inTime(request.timeoutSeconds, async (signal) => {
        const answer = await open(request, signal);
        const body = await answer.text().catch((cause: unknown) => {
          throw unanswered(request, cause);
        });
        return { status: answer.status, headers: answer.headers, body };
      }),
    open: (request) => inTime(request.timeoutSeconds, (signal) => open(request, signal)),
    base,
  };
}

async function exchange(
  request: TwilioRequest,
  key: TwilioApiKey,
  base: URL | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const credentials = Buffer.from(`${key.apiKeySid}:${key.apiKeySecret}`).toString('base64');
  return fetchAnswer(request, atBase(request.url, base), {
    method: request.method,
    headers: {
      ...request.headers,
      ...(request.json !== undefined && { 'Content-Type': 'application/json' }),
      Authorization: `Basic ${credentials}`,
    },
    ...(request.form !== undefined && { body: formBody(request.form) }),
    ...(request.json !== undefined && { body: JSON.stringify(request.json) }),
    signal,
  });
}

function formBody(form: TwilioForm): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, given] of Object.entries(form))
    for (const text of typeof given === 'string' ? [given] : given) body.append(name, text);
  return body;
}

/** The same path and query under the base. */
export function atBase(url: URL, base: URL | undefined): URL {
  return base === undefined ? url : new URL(`${url.pathname}${url.search}`, base);
}

/** The answer, if the caller has a meaning for it. */
async function usable(request: TwilioRequest, answer: Response): Promise<Response> {
  if (answer.ok || request.expects.includes(answer.status)) return answer;
  throw await refusal(request, answer);
}
