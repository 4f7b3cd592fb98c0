import { createHash, timingSafeEqual } from 'node:crypto';
import type { CallerVerdict } from '../shared/ports/caller-verdict.ts';
import type { SecretSource } from '../shared/ports/secret-source.ts';

/** By caller: the token that is in force, and during a rotation the one before. */
type Tokens = Readonly<Record<string, { readonly current: string; readonly previous?: string | undefined }>>;

export interface AuthorizeCallerNeeds {
  readonly secret: SecretSource<{ readonly callers: Tokens }>;
  /** Whom the stage knows. */
  readonly callers: readonly string[];
  /** With a caller's name behind it, the value of its API key. */
  readonly apiKeyPrefix: string;
}

/**
 * Says whose the token of an `Authorization` header is.
 *
 * A token that nobody has is looked for once more in the secret as it is now, which is read at most once a minute: one that
 * was changed a moment ago looks like a wrong one. Every token of every caller is compared, as hashes and in constant time,
 * so that neither an answer's time nor a caller's place in the secret says anything.
 *
 * @throws {RetryableError} when the secret cannot be read, is empty or has another shape: then nobody is let in.
 */
export function authorizeCaller(has: AuthorizeCallerNeeds): (authorization: string) => Promise<CallerVerdict> {
  return async (authorization) => {
    const given = bearerTokenOf(authorization);
    const kept = await has.secret.current();
    const known = callerOf(given, kept.reveal().callers);
    const caller = known ?? callerOf(given, (await has.secret.fresh()).reveal().callers);
    if (caller === undefined) return { kind: 'unknown-token' };
    if (!has.callers.includes(caller)) return { kind: 'unknown-caller', caller };
    return { kind: 'admitted', caller, apiKey: `${has.apiKeyPrefix}${caller}` };
  };
}

/** "" for a header of another shape, which is nobody's token. */
function bearerTokenOf(authorization: string): string {
  return /^bearer +(\S+)$/i.exec(authorization.trim())?.[1] ?? '';
}

function callerOf(given: string, callers: Tokens): string | undefined {
  const hash = hashOf(given);
  const matches = Object.entries(callers).map(([caller, { current, previous = current }]) => {
    const fits = [current, previous].map((token) => timingSafeEqual(hashOf(token), hash));
    return { caller, fits: fits.includes(true) };
  });
  return matches.filter(({ fits }) => fits)[0]?.caller;
}

/** Hashes have one length, so that not even a token's length can be measured. */
function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
