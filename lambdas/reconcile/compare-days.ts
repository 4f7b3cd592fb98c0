import type { DayReport } from '../shared/domain/reconcile/day-comparison.ts';
import { findingKinds } from '../shared/domain/reconcile/findings.ts';
import {
  withComparisonLeft,
  withComparisonTaken,
  withDaysToCompare,
} from '../shared/domain/reconcile/sweep-control.ts';
import type { Meter } from '../shared/ports/meter.ts';
import { changeSweepControl } from './change-sweep-control.ts';
import type { SweepControlNeeds } from './change-sweep-control.ts';
import { compareDay } from './compare-day.ts';
import type { CompareNeeds } from './compare-day.ts';

export interface CompareDaysNeeds extends CompareNeeds, SweepControlNeeds {
  readonly meter: Meter;
}

/** Has these days compared, by this run or the next ones. */
export async function askForDays(has: SweepControlNeeds, days: readonly string[]): Promise<void> {
  if (days.length > 0) await changeSweepControl(has, (control) => withDaysToCompare(control, days));
}

/**
 * Compares the days that wait for it, one after the other, as far as the time goes; resolves to how many are done. Only
 * one run is at it at a time: the others leave it alone until that one has ended, or must have.
 */
export async function compareDays(
  has: CompareDaysNeeds,
  deadlineAt: Date,
  hasTimeFor: (ms: number) => boolean,
): Promise<{ readonly daysCompared: number }> {
  const taken = await changeSweepControl(has, (control) => withComparisonTaken(control, has.now(), deadlineAt));
  const done: string[] = [];
  for (const day of taken?.daysToCompare ?? []) {
    const report = await compareDay(has, day, hasTimeFor);
    if (report === undefined) break;
    measure(has.meter, report);
    done.push(day);
  }
  if (taken !== undefined) await changeSweepControl(has, (control) => withComparisonLeft(control, done));
  return { daysCompared: done.length };
}

/** Every kind is measured, those not found too: an alarm tells "nothing" from "not looked". */
function measure(meter: Meter, { totals, queues }: DayReport): void {
  for (const kind of findingKinds)
    meter.measure({ outcome: kind, name: 'findings', unit: 'Count', value: totals[kind] });
  const gaps = queues.filter(({ isGap }) => isGap).length;
  meter.measure({ outcome: 'found', name: 'gaps', unit: 'Count', value: gaps });
}
