/** Which failures a callback is sent again after: of connecting, of reading, by status, or every one. */
export type RetryPolicy = 'ct' | 'rt' | '4xx' | '5xx' | 'all';

const policies: readonly RetryPolicy[] = ['ct', 'rt', '4xx', '5xx', 'all'];

export interface Callback {
  /** Without its fragment, which is signed by nobody and sent to nobody. */
  readonly url: string;
  readonly retryCount: number;
  readonly retryOn: readonly RetryPolicy[];
}

/**
 * Reads a callback's URL as it was typed. Without overrides one retry, and that only where no connection was made; `rc`
 * is 0 to 5 (twilio.com/docs/usage/webhooks/webhooks-connection-overrides, read 2026-11). Timeouts and edges are not
 * simulated.
 */
export function callbackOf(typed: string): Callback {
  const [url = '', fragment = ''] = typed.split('#');
  const given = new URLSearchParams(fragment);
  const named = (given.get('rp') ?? 'ct').split(',');
  return {
    url,
    retryCount: Math.min(5, Number(/^\d$/.exec(given.get('rc') ?? '1')?.[0] ?? 1)),
    retryOn: policies.filter((policy) => named.includes(policy)),
  };
}

/** Of a status of 0 nobody knows whether the connection failed or the reading. */
export function isRetried(retryOn: readonly RetryPolicy[], status: number): boolean {
  if (retryOn.includes('all')) return true;
  if (status === 0) return retryOn.includes('ct') || retryOn.includes('rt');
  return retryOn.includes(status >= 500 ? '5xx' : '4xx');
}
