/**
 * How many characters of a value Insights loads; what it counts as one is not said, and code points are counted here.
 * (https://www.twilio.com/docs/flex/developer/insights/enhance-integration, read 2026-11)
 */
export const maxValueCodePoints = 128;

/** Characters as a reader counts an emoji: one, though JavaScript's length says two. */
export function codePointCount(text: string): number {
  return [...text].length;
}

/** The first `count` characters; never half of a surrogate pair. */
export function firstCodePoints(text: string, count: number): string {
  return [...text].slice(0, count).join('');
}
