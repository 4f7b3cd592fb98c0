export interface RateSettings {
  readonly requestsPerSecond: number;
  readonly now: () => Date;
  /** Waits; a test's own only notes for how long. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/**
 * Makes whoever calls it wait for their turn: no two turns begin closer together than the rate allows, and who came
 * first goes first.
 */
export function politeRate({ requestsPerSecond, now, pause }: RateSettings): () => Promise<void> {
  const apartMs = 1000 / requestsPerSecond;
  let freeAt = -Infinity;
  return async () => {
    const asked = now().getTime();
    const turn = Math.max(asked, freeAt);
    freeAt = turn + apartMs;
    if (turn > asked) await pause(turn - asked);
  };
}
