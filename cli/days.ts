import { UsageError } from '../local/terminal/options.ts';
import type { OptionSpecs, TypedOptions } from '../local/terminal/options.ts';

const dayMs = 86_400_000;

/** How far back is looked when nobody says. */
const usualDays = 7;

/** More days than that are no list for a terminal. */
const mostDays = 400;

export const sinceOption: OptionSpecs = {
  since: {
    kind: 'text',
    placeholder: 'YYYY-MM-DD',
    help: `the first UTC day that is looked at; without it, ${usualDays} days ago`,
  },
};

export const rangeOptions: OptionSpecs = {
  from: {
    kind: 'text',
    placeholder: 'YYYY-MM-DD',
    help: `the first UTC day that is looked at; without it, ${usualDays} days ago`,
  },
  to: { kind: 'text', placeholder: 'YYYY-MM-DD', help: 'the last one; without it, today' },
};

/** The UTC days from `--from` to `--to`, both included, oldest first. @throws {UsageError} */
export function daysFromTo({ texts }: TypedOptions, now: Date): readonly string[] {
  const from = typedDay('from', texts.get('from') ?? dayOf(new Date(now.getTime() - usualDays * dayMs)));
  const to = typedDay('to', texts.get('to') ?? dayOf(now));
  const days = daysBetween(from, to);
  if (days.length < 1) throw new UsageError(`--to ${to} comes before --from ${from}`);
  if (days.length > mostDays)
    throw new UsageError(`${from} to ${to} are ${days.length} days; at most ${mostDays} are looked at`);
  return days;
}

/** The UTC days from the one that was typed until that of `now`, oldest first. @throws {UsageError} */
export function daysSince({ texts }: TypedOptions, now: Date): readonly string[] {
  const today = dayOf(now);
  const since = typedDay('since', texts.get('since') ?? dayOf(new Date(now.getTime() - usualDays * dayMs)));
  const days = daysBetween(since, today);
  if (days.length < 1) throw new UsageError(`--since ${since} has not come yet: it is ${today} there`);
  if (days.length > mostDays)
    throw new UsageError(`--since ${since} is ${days.length} days ago; at most ${mostDays} are looked at`);
  return days;
}

/** The day that was typed for `--name`. @throws {UsageError} */
export function typedDay(name: string, text: string): string {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at) || dayOf(new Date(at)) !== text)
    throw new UsageError(`--${name} wants a day such as 2026-11-20, not "${text}"`);
  return text;
}

/** Every UTC day from one to another, both included, oldest first; none where `to` comes before `from`. */
export function daysBetween(from: string, to: string): readonly string[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  const count = Math.max(0, (Date.parse(`${to}T00:00:00Z`) - first) / dayMs + 1);
  return Array.from({ length: count }, (_, place) => dayOf(new Date(first + place * dayMs)));
}

export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
