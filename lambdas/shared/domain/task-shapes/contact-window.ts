import type { ContactWindow } from './canonical-task.ts';

const minutesOfDay = 24 * 60;

/**
 * Whether the customer may be contacted at `at`. The first minute counts, the last does not; a window that ends before it
 * begins goes on after midnight, and one that ends where it begins is the whole day.
 */
export function isInContactWindow(window: ContactWindow, at: Date): boolean {
  const { fromMinuteUtc: from, toMinuteUtc: to } = window;
  const minute = at.getUTCHours() * 60 + at.getUTCMinutes();
  if (from === to) return true;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/**
 * The minute of the day, 0 to 1439, of hours as people and programs write them: `"0800"`, `"8:00"`, 1500, and 300 for
 * three o'clock, whose zero JSON does not keep. `2400` is midnight, as 0 is. Undefined for everything else.
 */
export function minuteOfDay(written: unknown): number | undefined {
  const text = textOf(written);
  const [, hours, minutes] = clock.exec(/^\d{1,3}$/.test(text) ? text.padStart(4, '0') : text) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const minute = Number(hours) * 60 + Number(minutes);
  return minute <= minutesOfDay ? minute % minutesOfDay : undefined;
}

const clock = /^(\d{2}|\d(?=:)):?([0-5]\d)$/;

/** `"0300"` for 180. */
export function clockText(minute: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return two(Math.floor(minute / 60)) + two(minute % 60);
}

/**
 * The offset from UTC in minutes, -720 to 840: -7, `"-7"`, `"GMT-7"`, `"UTC+05:30"`, `"GMT"`. Undefined for everything
 * else, an abbreviation such as `MST` included: several places of the world call different clocks so.
 */
export function utcOffsetMinutes(written: unknown): number | undefined {
  const text = textOf(written);
  if (/^(?:GMT|UTC|Z)$/i.test(text)) return 0;
  const [, sign, hours, minutes, fraction] = offset.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const size = Number(hours) * 60 + Number(minutes ?? 0) + Number(`0.${fraction ?? 0}`) * 60;
  const signed = sign === '-' && size !== 0 ? -size : size;
  return Number.isInteger(signed) && signed >= -720 && signed <= 840 ? signed : undefined;
}

const offset = /^(?:GMT|UTC)? ?([+-])?(\d{1,2})(?::?([0-5]\d)|\.(\d{1,2}))?$/i;

function textOf(written: unknown): string {
  return typeof written === 'string' || typeof written === 'number' ? String(written).trim() : '';
}
