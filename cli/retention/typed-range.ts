import { dayOf, daysBetween, typedDay } from '../days.ts';
import { UsageError } from '../../local/terminal/options.ts';
import type { OptionSpecs, TypedOptions } from '../../local/terminal/options.ts';

const dayMs = 86_400_000;

/** How far back is looked when nobody says. */
const usualDays = 7;

/** So many days are looked at in one go. */
const mostDays = 400;

export const rangeOptions: OptionSpecs = {
  from: {
    kind: 'text',
    placeholder: 'YYYY-MM-DD',
    help: `the first UTC day that is looked at; without it, ${usualDays} days ago`,
  },
  to: { kind: 'text', placeholder: 'YYYY-MM-DD', help: 'the last; without it, today' },
};

/** The UTC days of `--from` and `--to`, oldest first. @throws {UsageError} */
export function typedRange({ texts }: TypedOptions, now: Date): readonly string[] {
  const from = typedDay('from', texts.get('from') ?? dayOf(new Date(now.getTime() - usualDays * dayMs)));
  const to = typedDay('to', texts.get('to') ?? dayOf(now));
  const days = daysBetween(from, to);
  if (days.length === 0) throw new UsageError(`--from ${from} is after --to ${to}`);
  if (days.length > mostDays) {
    throw new UsageError(`these are ${days.length} days; at most ${mostDays} are looked at in one go`);
  }
  return days;
}
