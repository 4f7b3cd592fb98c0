import { maxDepth } from '../secrets-in-attributes.ts';
import { isObject } from '../task-attributes.ts';

/**
 * A copy as expressions can read it: a number that was kept as its source text becomes a number, or a text where
 * JavaScript cannot hold it (a 64-bit id). What is nested deeper than `maxDepth` is left out.
 */
export function plainJson(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (JSON.isRawJSON(value)) return plainNumber(JSON.stringify(value));
  if (depth > maxDepth) return undefined;
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainJson(inner, depth + 1)]));
  return Array.isArray(value) ? value.map((item: unknown) => plainJson(item, depth + 1)) : undefined;
}

/** A minus before a zero is dropped. */
function plainNumber(source: string): number | string {
  const number = Number(source);
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number)) ? number + 0 : source;
}
