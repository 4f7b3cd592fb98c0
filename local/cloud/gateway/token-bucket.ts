/** How many may pass: so many at once, and so many a second again. */
export interface BucketSize {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/**
 * A token bucket for each key, full at first: takes one token, or says that there is none. `epochMs` is the run's clock.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html (read 2026-11)
 */
export function tokenBuckets(): (key: string, size: BucketSize, epochMs: number) => boolean {
  const buckets = new Map<string, { tokens: number; epochMs: number }>();
  return (key, { ratePerSecond, burst }, epochMs) => {
    const before = buckets.get(key) ?? { tokens: burst, epochMs };
    const tokens = Math.min(burst, before.tokens + ((epochMs - before.epochMs) / 1000) * ratePerSecond);
    const passes = tokens >= 1;
    buckets.set(key, { tokens: passes ? tokens - 1 : tokens, epochMs });
    return passes;
  };
}
