import type { SweepSettings } from './sweep-settings.ts';

/**
 * How far Twilio's recordings have been compared with the ledger. One record; every change is conditional on the
 * version that was read.
 */
export interface SweepControl {
  readonly version: number;
  /** Every recording that was made before this has been looked at once. */
  readonly sweptUntil: Date;
  /** A window that one run did not finish. */
  readonly underWay?: WindowUnderWay;
  /** The UTC days (`2026-11-20`) that wait for their whole comparison, the first asked for first. */
  readonly daysToCompare: readonly string[];
  /** Until then a run is at the first of them, or was and died. */
  readonly comparingUntil?: Date;
}

export interface WindowUnderWay {
  readonly from: Date;
  readonly until: Date;
  /** Where Twilio's list goes on. */
  readonly page: string;
  readonly at: Date;
}

/** The recordings made from `from` on and before `until`; `page` where a run before has begun with them. */
export interface SweepWindow {
  readonly from: Date;
  readonly until: Date;
  readonly page?: string;
}

/** So far back every window overlaps the one before: what Twilio lists late is met nevertheless. */
const overlapMinutes = 30;

/** Older, nobody knows what Twilio's page leads to: the window is begun again. */
const pageLastsMinutes = 30;

export function newSweepControl(now: Date, { lookBackHours }: SweepSettings): SweepControl {
  return { version: 0, sweptUntil: minutesBefore(now, lookBackHours * 60), daysToCompare: [] };
}

/** What is to be swept now; undefined when nothing new has settled since the last time. */
export function nextWindow(
  control: SweepControl,
  { settleMinutes }: SweepSettings,
  now: Date,
): SweepWindow | undefined {
  const { underWay } = control;
  if (underWay !== undefined && underWay.at >= minutesBefore(now, pageLastsMinutes)) {
    const { from, until, page } = underWay;
    return { from, until, page };
  }
  const until = minutesBefore(now, settleMinutes);
  if (until <= control.sweptUntil) return undefined;
  return { from: minutesBefore(control.sweptUntil, overlapMinutes), until };
}

/** After one page of a window. Without a next page the window is done, and the cursor moves over it, never back. */
export function withPageSwept(
  control: SweepControl,
  { from, until }: SweepWindow,
  nextPage: string | undefined,
  now: Date,
): SweepControl {
  if (nextPage !== undefined) return { ...control, underWay: { from, until, page: nextPage, at: now } };
  const { underWay: _done, ...rest } = control;
  return { ...rest, sweptUntil: until > control.sweptUntil ? until : control.sweptUntil };
}

/** Days that are waited for already are not asked for twice. */
export function withDaysToCompare(control: SweepControl, days: readonly string[]): SweepControl {
  return { ...control, daysToCompare: [...new Set([...control.daysToCompare, ...days])] };
}

/** Takes the comparison up until `until`; undefined when there is none, or another run is at it. */
export function withComparisonTaken(control: SweepControl, now: Date, until: Date): SweepControl | undefined {
  if (control.daysToCompare.length === 0) return undefined;
  if (control.comparingUntil !== undefined && control.comparingUntil > now) return undefined;
  return { ...control, comparingUntil: until };
}

/** The next run may take the comparison up; `done` are the days that need none any more. */
export function withComparisonLeft(control: SweepControl, done: readonly string[]): SweepControl {
  const { comparingUntil: _over, ...rest } = control;
  return { ...rest, daysToCompare: control.daysToCompare.filter((day) => !done.includes(day)) };
}

function minutesBefore(at: Date, minutes: number): Date {
  return new Date(at.getTime() - minutes * 60_000);
}
