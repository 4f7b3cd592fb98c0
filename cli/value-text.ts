import { attributesText } from '../lambdas/shared/domain/task-attributes.ts';

/** A value as JSON, so that "5" and 5 look different; numbers too long for JavaScript as they were spelt. */
export function valueText(value: unknown): string {
  return attributesText({ value }).slice('{"value":'.length, -1);
}
