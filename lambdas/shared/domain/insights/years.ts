/**
 * The years that Insights knows, both inclusive.
 * (https://www.twilio.com/docs/flex/developer/insights/enhance-integration, read 2026-11)
 */
export const firstYear = 1901;
export const lastYear = 2049;

export function isYearInRange(year: number): boolean {
  return year >= firstYear && year <= lastYear;
}

/** The year of a date however it is written; undefined where there is none of four digits. */
export function yearOf(text: string): number | undefined {
  const [year] = /(?<!\d)\d{4}(?!\d)/.exec(text) ?? [];
  return year === undefined ? undefined : Number(year);
}

/** True for a day that the calendar has, written as ISO 8601 begins: `2024-02-29`, `2024-02-29T10:00:00Z`. */
export function isIsoDate(text: string): boolean {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(text) ?? [];
  // A month that has no 30th moves the day on, so that it reads differently.
  const time = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(`${day}T`);
}
