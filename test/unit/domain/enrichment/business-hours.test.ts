import { isOpenAt } from '../../../../lambdas/shared/domain/enrichment/business-hours.ts';
import type { BusinessHours } from '../../../../lambdas/shared/domain/enrichment/enrichment-config.ts';

const denver = (weekly: Partial<BusinessHours['weekly']>, holidays: readonly string[] = []): BusinessHours => ({
  timeZone: 'America/Denver',
  weekly: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [], ...weekly },
  holidays,
});
const openAt = (hours: BusinessHours, times: readonly string[]): readonly boolean[] =>
  times.map((time) => isOpenAt(hours, new Date(time)));

// Denver is UTC-7, and UTC-6 from Sunday 2026-03-08 02:00 (09:00Z) to Sunday 2026-11-01 02:00 (08:00Z).
describe('business hours', () => {
  const sundays = denver({ sun: [['09:00', '17:00']] });

  it.each([
    ['before the clocks go forward', '2026-03-01T16:00:00Z', '2026-03-02T00:00:00Z'],
    ['on the day they go forward', '2026-03-08T15:00:00Z', '2026-03-08T23:00:00Z'],
    ['before they go back', '2026-10-25T15:00:00Z', '2026-10-25T23:00:00Z'],
    ['on the day they go back', '2026-11-01T16:00:00Z', '2026-11-02T00:00:00Z'],
  ])('follow the wall clock %s: open from the first minute, closed from the last', (_when, opens, closes) => {
    const before = (time: string): string => new Date(Date.parse(time) - 1).toISOString();

    expect(openAt(sundays, [before(opens), opens, before(closes), closes])).toEqual([false, true, true, false]);
  });

  it('are nobody’s in the hour that is left out', () => {
    const hours = denver({ sun: [['02:00', '03:00']] });

    expect(openAt(hours, ['2026-03-08T08:59:59Z', '2026-03-08T09:00:00Z'])).toEqual([false, false]);
  });

  it('go on over the hour that is left out', () => {
    const hours = denver({ sun: [['01:30', '03:30']] });

    expect(
      openAt(hours, ['2026-03-08T08:30:00Z', '2026-03-08T08:59:00Z', '2026-03-08T09:29:00Z', '2026-03-08T09:30:00Z']),
    ).toEqual([true, true, true, false]);
  });

  it('are open twice in the hour that comes twice', () => {
    const hours = denver({ sun: [['01:00', '02:00']] });

    expect(
      openAt(hours, [
        '2026-11-01T06:59:00Z',
        '2026-11-01T07:00:00Z',
        '2026-11-01T07:59:00Z',
        '2026-11-01T08:00:00Z',
        '2026-11-01T08:59:00Z',
        '2026-11-01T09:00:00Z',
      ]),
    ).toEqual([false, true, true, true, true, false]);
  });

  it('go on after midnight where they end before they begin, also in the nights when clocks change', () => {
    const hours = denver({ sat: [['22:00', '06:00']] });

    expect(
      openAt(hours, ['2026-03-08T04:59:00Z', '2026-03-08T05:00:00Z', '2026-03-08T11:59:00Z', '2026-03-08T12:00:00Z']),
    ).toEqual([false, true, true, false]);
    expect(
      openAt(hours, ['2026-11-01T03:59:00Z', '2026-11-01T04:00:00Z', '2026-11-01T12:59:00Z', '2026-11-01T13:00:00Z']),
    ).toEqual([false, true, true, false]);
  });

  it('end with the day at "24:00", and may go on with the next', () => {
    const friday = denver({ fri: [['18:00', '24:00']] });
    const both = denver({ fri: [['18:00', '24:00']], sat: [['00:00', '02:00']] });
    const aroundMidnight = ['2026-06-06T05:59:00Z', '2026-06-06T06:00:00Z', '2026-06-06T08:00:00Z'];

    expect(openAt(friday, aroundMidnight)).toEqual([true, false, false]);
    expect(openAt(both, aroundMidnight)).toEqual([true, true, false]);
  });

  it('have several spans a day', () => {
    const hours = denver({
      mon: [
        ['09:00', '12:00'],
        ['13:00', '17:00'],
      ],
    });

    // Monday 2026-06-01: 11:59, 12:30 and 13:00 in Denver.
    expect(openAt(hours, ['2026-06-01T17:59:00Z', '2026-06-01T18:30:00Z', '2026-06-01T19:00:00Z'])).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('are closed on a holiday from midnight to midnight of their own zone', () => {
    const hours = denver({ thu: [['00:00', '24:00']], fri: [['00:00', '24:00']], sat: [['00:00', '24:00']] }, [
      '2026-12-25',
    ]);

    expect(
      openAt(hours, ['2026-12-25T06:59:00Z', '2026-12-25T07:00:00Z', '2026-12-26T06:59:00Z', '2026-12-26T07:00:00Z']),
    ).toEqual([true, false, false, true]);
  });

  it('neither run into a holiday nor out of it', () => {
    const hours = denver({ thu: [['22:00', '06:00']], fri: [['22:00', '06:00']] }, ['2026-12-25']);

    // Thursday 23:59, then 00:00 of the holiday, and 01:00 of the morning after it.
    expect(openAt(hours, ['2026-12-25T06:59:00Z', '2026-12-25T07:00:00Z', '2026-12-26T08:00:00Z'])).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('know zones that are half an hour off', () => {
    const hours: BusinessHours = { ...denver({ mon: [['09:00', '10:00']] }), timeZone: 'Asia/Kolkata' };

    expect(openAt(hours, ['2026-06-01T03:29:00Z', '2026-06-01T03:30:00Z', '2026-06-01T04:30:00Z'])).toEqual([
      false,
      true,
      false,
    ]);
  });
});
