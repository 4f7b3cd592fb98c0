import {
  newSweepControl,
  nextWindow,
  withComparisonLeft,
  withComparisonTaken,
  withDaysToCompare,
  withPageSwept,
} from '../../../../lambdas/shared/domain/reconcile/sweep-control.ts';

const settings = { lookBackHours: 48, settleMinutes: 15, recordedQueues: {} };
const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);
const first = newSweepControl(at('12:00:00'), settings);

describe('the window of a sweep', () => {
  it('reaches back as far as the stage says at first, and to what has settled', () => {
    expect(nextWindow(first, settings, at('12:00:00'))).toEqual({
      from: new Date('2026-11-18T11:30:00Z'),
      until: at('11:45:00'),
    });
  });

  it('begins half an hour before the last one ended, and there is none before anything new has settled', () => {
    const swept = { ...first, sweptUntil: at('11:45:00') };

    expect(nextWindow(swept, settings, at('12:05:00'))).toEqual({ from: at('11:15:00'), until: at('11:50:00') });
    expect(nextWindow(swept, settings, at('12:00:00'))).toBeUndefined();
  });

  it('moves the cursor only when its last page is done, and never back', () => {
    const window = { from: at('11:15:00'), until: at('11:50:00') };
    const control = { ...first, sweptUntil: at('11:45:00') };

    const begun = withPageSwept(control, window, 'PA1', at('12:05:00'));
    expect(begun).toEqual({ ...control, underWay: { ...window, page: 'PA1', at: at('12:05:00') } });
    expect(withPageSwept(begun, window, undefined, at('12:06:00'))).toEqual({ ...control, sweptUntil: at('11:50:00') });
    const ahead = { ...control, sweptUntil: at('11:55:00') };
    expect(withPageSwept(ahead, window, undefined, at('12:06:00'))).toEqual(ahead);
  });

  it('that was left half-way is gone on with, and begun again when it has lain too long', () => {
    const underWay = { from: at('11:15:00'), until: at('11:50:00'), page: 'PA1', at: at('12:05:00') };
    const control = { ...first, sweptUntil: at('11:45:00'), underWay };

    expect(nextWindow(control, settings, at('12:35:00'))).toEqual({
      ...{ from: at('11:15:00'), until: at('11:50:00'), page: 'PA1' },
    });
    expect(nextWindow(control, settings, at('12:35:01'))).toEqual({ from: at('11:15:00'), until: at('12:20:01') });
  });
});

describe('the days that wait for their comparison', () => {
  const waiting = withDaysToCompare(withDaysToCompare(first, ['2026-11-18', '2026-11-19']), ['2026-11-19']);

  it('wait once each, in the order in which they were asked for', () => {
    expect(waiting.daysToCompare).toEqual(['2026-11-18', '2026-11-19']);
  });

  it('are one run’s at a time, until that has ended or must have', () => {
    const taken = withComparisonTaken(waiting, at('12:00:00'), at('12:05:00')) ?? first;

    expect(taken.comparingUntil).toEqual(at('12:05:00'));
    expect(withComparisonTaken(taken, at('12:04:59'), at('12:10:00'))).toBeUndefined();
    expect(withComparisonTaken(taken, at('12:05:00'), at('12:10:00'))).toBeDefined();
    const left = withComparisonLeft(taken, ['2026-11-18']);
    expect(left).toEqual({ ...first, daysToCompare: ['2026-11-19'] });
    expect(withComparisonTaken(left, at('12:01:00'), at('12:06:00'))).toBeDefined();
  });

  it('are nobody’s when there are none', () => {
    expect(withComparisonTaken(first, at('12:00:00'), at('12:05:00'))).toBeUndefined();
  });
});
