import { codePointCount, firstCodePoints, maxValueCodePoints } from './code-points.ts';
import { insightsKey } from './dictionary.ts';
import type { InsightsKey } from './dictionary.ts';
import type { FittedValue } from './finding.ts';
import type { InsightsRule } from './rules.ts';
import { isYearInRange, yearOf } from './years.ts';
import { isObject } from '../task-attributes.ts';

/**
 * What the pipeline may write at a path of a task's attributes, or of a worker's where the path begins with `worker.`:
 * a number in a text becomes a number where Insights wants one, numbers and booleans become texts where it wants
 * texts, a text is cut after 128 characters, and what Insights would lose is refused. A path that Insights does not
 * read takes every value. Fitting a value that was fitted changes nothing.
 */
export function fitValue(path: string, value: unknown, options: { readonly hipaaMode: boolean }): FittedValue {
  if (path === 'conversations' || path === 'customers') return refused('not-an-object');
  const key = insightsKey(path);
  if (key === undefined)
    return /^(?:conversations|customers)\./.test(path) ? refused('unknown-key') : { kind: 'fits', value };
  if (options.hipaaMode && !key.isKeptByHipaa) return refused('hipaa-removed');
  return fitKey(key, value);
}

/** The same for a key that is known, whatever HIPAA says. */
export function fitKey(key: InsightsKey, value: unknown): FittedValue {
  // The documentation's own examples hold null for what is not known.
  if (value === undefined || value === null) return { kind: 'fits', value };
  switch (key.type) {
    case 'number':
      return fitNumber(value);
    case 'media':
      return Array.isArray(value) && value.every(isObject) ? { kind: 'fits', value } : refused('wrong-type');
    case 'text':
    case 'date':
    case 'year':
      return fitText(key, textOf(value));
  }
}

function fitNumber(value: unknown): FittedValue {
  if (typeof value === 'string' && numeric.test(value.trim())) return fitNumber(Number(value));
  const isNumber = typeof value === 'number' ? Number.isFinite(value) : JSON.isRawJSON(value);
  return isNumber ? { kind: 'fits', value } : refused('wrong-type');
}

const numeric = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The text that a scalar becomes; undefined for what has none. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  return JSON.isRawJSON(value) ? JSON.stringify(value) : undefined;
}

function fitText(key: InsightsKey, text: string | undefined): FittedValue {
  if (text === undefined) return refused('wrong-type');
  if (text === '') return { kind: 'fits', value: text };
  if (key.type === 'year' && !/^\d{4}$/.test(text)) return refused('year-of-birth');
  const year = key.type === 'text' ? undefined : yearOf(text);
  if (year !== undefined && !isYearInRange(year)) return refused('year-range');
  if (key.name === 'geo_location' && !isGeoLocation(text)) return refused('geo-location');
  if (codePointCount(text) <= maxValueCodePoints) return { kind: 'fits', value: text };
  return key.isUncuttable
    ? refused('too-long-to-cut')
    : { kind: 'cut', value: firstCodePoints(text, maxValueCodePoints) };
}

/** `-22.5743922;17.0790688`: degrees of latitude and longitude. */
function isGeoLocation(text: string): boolean {
  const [, latitude, longitude] = /^(-?\d{1,2}(?:\.\d+)?);(-?\d{1,3}(?:\.\d+)?)$/.exec(text) ?? [];
  return latitude !== undefined && Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180;
}

function refused(rule: InsightsRule): FittedValue {
  return { kind: 'refused', rule };
}
