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

/** The UTC days from the one that was typed until that of `now`, oldest first. @throws {UsageError} */
export function daysSince({ texts }: TypedOptions, now: Date): readonly string[] {
  const today = dayOf(now);
  const since = texts.get('since') ?? dayOf(new Date(now.getTime() - usualDays * dayMs));
  const first = Date.parse(`${since}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(since) || Number.isNaN(first) || dayOf(new Date(first)) !== since) {
    throw new UsageError(`--since wants a day such as 2026-11-20, not "${since}"`);
  }
  const count = (Date.parse(`${today}T00:00:00Z`) - first) / dayMs + 1;
  if (count < 1) throw new UsageError(`--since ${since} has not come yet: it is ${today} there`);
  if (count > mostDays)
    throw new UsageError(`--since ${since} is ${count} days ago; at most ${mostDays} are looked at`);
  return Array.from({ length: count }, (_, place) => dayOf(new Date(first + place * dayMs)));
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
