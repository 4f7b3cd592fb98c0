import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** How long a session is good for when nobody ends it; nothing public says. */
const sessionMs = 20 * 60_000;

export interface ApiSessions {
  begin(): string;
  /** Whether the request's cookie names a session that has not ended. */
  has(cookie: string | undefined): boolean;
  end(cookie: string | undefined): void;
  endAll(): void;
}

export function apiSessions(clock: Clock): ApiSessions {
  const endsAt = new Map<string, number>();
  const idOf = (cookie: string | undefined): string =>
    /(?:^|;\s*)hazelcast\.sessionId=([^;]+)/.exec(cookie ?? '')?.[1] ?? '';
  return {
    begin() {
      const id = randomUUID();
      endsAt.set(id, clock.now() + sessionMs);
      return id;
    },
    has: (cookie) => (endsAt.get(idOf(cookie)) ?? 0) > clock.now(),
    end: (cookie) => void endsAt.delete(idOf(cookie)),
    endAll: () => endsAt.clear(),
  };
}
