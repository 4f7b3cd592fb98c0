import * as z from 'zod/mini';
import { RetryableError } from '../../domain/outcome.ts';
import type { SecretSource } from '../../ports/secret-source.ts';
import { Secret } from '../../runtime/secret.ts';
import { readJson, refusal, unanswered } from './calabrio-failures.ts';
import type { Asked } from './calabrio-failures.ts';

/** The part of the Calabrio secret that its API is used with; `api` is absent where no API user was agreed on. */
export interface CalabrioUser {
  readonly api?: { readonly userId: string; readonly password: string } | undefined;
}

export interface CalabrioClientSettings {
  /** Of the tenant's region, for example `https://calabriocloud.com`. */
  readonly baseUrl: string;
  readonly credentials: SecretSource<CalabrioUser>;
  /** Resolves when the next request may begin. */
  readonly turn: () => Promise<void>;
  /** Until an answer is here, its body too. */
  readonly timeoutSeconds: number;
}

export interface CalabrioAnswer {
  readonly asked: Asked;
  readonly status: number;
  readonly body: string;
}

/**
 * Reads from Calabrio's API as a user who is signed in: one session for all calls, made anew once when it is refused.
 *
 * @throws {RetryableError} `calabrio-credentials` on 401 and 403, also after signing in afresh; `calabrio-rate-limited` on
 *   429, with Retry-After; `calabrio-unavailable` on 408, 5xx, timeouts and broken connections; `calabrio-refused` on any
 *   other status that is not among `expects`.
 */
export interface CalabrioClient {
  get(path: string, query: readonly [string, string][], expects: readonly number[]): Promise<CalabrioAnswer>;
}

/**
 * Signing in is `POST /api/rest/authorize`; the id that it gives is sent back as the cookie `hazelcast.sessionId`. Seen in
 * public clients of the API, of which there is no public description (read 2026-11).
 */
export function calabrioClient(settings: CalabrioClientSettings): CalabrioClient {
  let kept: Promise<Secret<string>> | undefined;

  /** The session that is kept, or a new one in place of `refused`; those who ask at the same time share it. */
  const session = (refused?: Secret<string>): Promise<Secret<string>> => {
    const next =
      kept === undefined ? signIn(settings) : kept.then((known) => (known === refused ? signIn(settings) : known));
    kept = next;
    // What failed is not kept, so that the next call tries again.
    next.catch(() => {
      if (kept === next) kept = undefined;
    });
    return next;
  };

  return {
    async get(path, query, expects) {
      const url = urlOf(settings, path);
      url.search = new URLSearchParams(query).toString();
      const asked: Asked = { method: 'GET', url };
      const first = await session();
      const answer = await exchange(settings, asked, { headers: cookieOf(first) });
      if (answer.status !== 401) return usable(asked, answer, expects);
      // The session has ended, as all do after a while.
      const second = await session(first);
      return usable(asked, await exchange(settings, asked, { headers: cookieOf(second) }), expects);
    },
  };
}

const authorized = z.object({ sessionId: z.string().check(z.minLength(1)) });

/** Signs in; a user that is refused is tried once more as the secret names it now, should that be another. */
async function signIn(settings: CalabrioClientSettings): Promise<Secret<string>> {
  const asked: Asked = { method: 'POST', url: urlOf(settings, 'api/rest/authorize') };
  const known = userOf((await settings.credentials.current()).reveal());
  let answer = await authorize(settings, asked, known);
  if (answer.status === 401 || answer.status === 403) {
    const fresh = userOf((await settings.credentials.fresh()).reveal());
    const isAnother = fresh.userId !== known.userId || fresh.password !== known.password;
    if (isAnother) answer = await authorize(settings, asked, fresh);
  }
  const { body } = usable(asked, answer, []);
  return new Secret(readJson(asked, authorized, body).sessionId);
}

type User = NonNullable<CalabrioUser['api']>;

function userOf({ api }: CalabrioUser): User {
  if (api !== undefined) return api;
  throw new RetryableError('the Calabrio secret names no user of the API: put {"api":{"userId","password"}} into it', {
    reason: 'calabrio-credentials',
  });
}

function authorize(settings: CalabrioClientSettings, asked: Asked, user: User): Promise<ExchangedAnswer> {
  return exchange(settings, asked, {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userId: user.userId, password: user.password, language: 'en' }),
  });
}

function cookieOf(session: Secret<string>): Readonly<Record<string, string>> {
  return { Cookie: `hazelcast.sessionId=${session.reveal()}` };
}

/** The base may have a path of its own, in front of a gateway say. */
function urlOf({ baseUrl }: CalabrioClientSettings, path: string): URL {
  return new URL(path, `${baseUrl.replace(/\/+$/, '')}/`);
}

interface ExchangedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** One exchange in its turn; a redirect is an answer like any other. @throws {RetryableError} `calabrio-unavailable` */
async function exchange(settings: CalabrioClientSettings, asked: Asked, how: RequestInit): Promise<ExchangedAnswer> {
  await settings.turn();
  const signal = AbortSignal.timeout(settings.timeoutSeconds * 1000);
  try {
    const answer = await fetch(asked.url, { ...how, method: asked.method, redirect: 'manual', signal });
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  } catch (cause) {
    throw unanswered(asked, cause);
  }
}

/** The answer, if the caller has a meaning for it. */
function usable(asked: Asked, answer: ExchangedAnswer, expects: readonly number[]): CalabrioAnswer {
  const isGood = answer.status >= 200 && answer.status < 300;
  if (!isGood && !expects.includes(answer.status)) throw refusal(asked, answer);
  return { asked, status: answer.status, body: answer.body };
}
