/**
 * When to come again, by the answer's `Retry-After`: seconds, or a date that is counted from the answer's own `Date`,
 * so that our clock does not matter. Undefined when there is neither. (RFC 9110, 10.2.3)
 */
export function retryAfterSeconds(
  header: (name: 'retry-after' | 'date') => string | null | undefined,
): number | undefined {
  const value = header('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  const seconds = (Date.parse(value) - Date.parse(header('date') ?? '')) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
