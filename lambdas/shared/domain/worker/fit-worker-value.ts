import type { FittedValue } from '../insights/finding.ts';

/** https://www.twilio.com/docs/flex/developer/insights/enhance-integration (read 2026-11) */
const MOST_CODE_POINTS = 128;

/**
 * One attribute of an agent as Insights takes it: texts of at most 128 code points, cut there as Insights would; numbers
 * and booleans as they are; no lists and no objects, which only Flex and routing read.
 */
export function fitWorkerValue(value: unknown): FittedValue {
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'fits', value };
  if (typeof value !== 'string') return { kind: 'refused', rule: 'not-a-single-value' };
  const codePoints = [...value];
  return codePoints.length <= MOST_CODE_POINTS
    ? { kind: 'fits', value }
    : { kind: 'cut', value: codePoints.slice(0, MOST_CODE_POINTS).join('') };
}
