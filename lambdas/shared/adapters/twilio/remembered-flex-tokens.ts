import { createHash } from 'node:crypto';
import { secondsAfter } from '../../domain/seconds-after.ts';
import type { CheckedFlexToken, FlexTokens } from '../../ports/flex-tokens.ts';

interface RememberSettings {
  /** 0 remembers nothing. */
  readonly cacheSeconds: number;
  readonly mostTokens: number;
  readonly now: () => Date;
}

/**
 * Remembers a yes for `cacheSeconds`, and never longer than the token lasts; a no is asked for again each time, and so
 * is a token that does not say how long it lasts. The tokens themselves are not kept, only their SHA-256; of too many the
 * one that was remembered first goes.
 */
export function rememberedFlexTokens(asked: FlexTokens, settings: RememberSettings): FlexTokens {
  const { cacheSeconds, mostTokens, now } = settings;
  const remembered = new Map<string, { readonly checked: CheckedFlexToken; readonly until: Date }>();
  return {
    async check(token) {
      const key = createHash('sha256').update(token).digest('base64url');
      const known = remembered.get(key);
      if (known !== undefined && now() < known.until) return known.checked;
      remembered.delete(key);
      const checked = await asked.check(token);
      if (checked.kind === 'invalid' || checked.user.expiresAt === undefined) return checked;
      const kept = secondsAfter(now(), cacheSeconds);
      const { expiresAt } = checked.user;
      remembered.set(key, { checked, until: kept < expiresAt ? kept : expiresAt });
      const [oldest] = remembered.keys();
      if (remembered.size > mostTokens && oldest !== undefined) remembered.delete(oldest);
      return checked;
    },
  };
}
