import type { BusinessHours } from './enrichment-config.ts';

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const minutesPerDay = 24 * 60;

/**
 * Whether the business is open at the moment, by the wall clock of its time zone: a span's first minute is open, the
 * minute of its end is not. A span that ends before it begins goes on after midnight. On a holiday nothing is open, what
 * began the evening before included, and what would begin on it does not go on after it either.
 *
 * Where clocks go back, an hour that happens twice is open twice; where they go forward, the hour left out is nobody's.
 */
export function isOpenAt(hours: BusinessHours, at: Date): boolean {
  const { date, minuteOfDay } = wallClock(hours.timeZone, at);
  if (hours.holidays.includes(date)) return false;
  if (spansOf(hours, date).some(([from, to]) => from <= minuteOfDay && minuteOfDay < to)) return true;
  const yesterday = dayBefore(date);
  return (
    !hours.holidays.includes(yesterday) && spansOf(hours, yesterday).some(([, to]) => minuteOfDay < to - minutesPerDay)
  );
}

/** The day's spans in minutes since its midnight; one that goes on after midnight ends above 1440. */
function spansOf(hours: BusinessHours, date: string): readonly (readonly [number, number])[] {
  const day = days[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'sun';
  return hours.weekly[day].map(([from, to]) => {
    const [begin, end] = [minuteOf(from), minuteOf(to)];
    return [begin, end <= begin ? end + minutesPerDay : end];
  });
}

function minuteOf(time: string): number {
  const [hour = '0', minute = '0'] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}

function dayBefore(date: string): string {
  const midnight = new Date(`${date}T00:00:00Z`);
  return new Date(midnight.getTime() - 86_400_000).toISOString().slice(0, 10);
}

function wallClock(timeZone: string, at: Date): { readonly date: string; readonly minuteOfDay: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    minuteOfDay: Number(part('hour')) * 60 + Number(part('minute')),
  };
}
