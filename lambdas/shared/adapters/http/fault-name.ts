/** The name of what broke, and nothing it quotes. fetch wraps the error that says something (`ECONNRESET`) in one that does not (`fetch failed`). */
export function faultName(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return typeof cause;
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  if ('cause' in cause && cause.cause !== undefined) return faultName(cause.cause);
  return 'name' in cause && typeof cause.name === 'string' ? cause.name : 'Error';
}
