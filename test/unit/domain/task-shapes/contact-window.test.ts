import {
  isInContactWindow,
  minuteOfDay,
  utcOffsetMinutes,
} from '../../../../lambdas/shared/domain/task-shapes/contact-window.ts';

describe('the minute of the day', () => {
  it.each<[unknown, number]>([
    ['0800', 480],
    ['1630', 990],
    [1500, 900],
    [300, 180],
    [0, 0],
    [30, 30],
    ['30', 30],
    ['8:05', 485],
    ['16:30', 990],
    [' 0800 ', 480],
    ['2359', 1439],
    ['2400', 0],
    [2400, 0],
  ])('of %p is %p', (written, minute) => {
    expect(minuteOfDay(written)).toBe(minute);
  });

  it.each([
    ['0860'],
    [2401],
    [2500],
    [-100],
    [8.5],
    [''],
    ['eight'],
    ['8am'],
    ['08:5'],
    [null],
    [true],
    [{ toString: 1 }],
  ])('of %p is nothing', (written) => {
    expect(minuteOfDay(written)).toBeUndefined();
  });
});

describe('an offset from UTC', () => {
  it.each<[unknown, number]>([
    ['GMT-5', -300],
    [-7, -420],
    ['-7', -420],
    ['UTC+05:30', 330],
    [5.5, 330],
    ['GMT+0', 0],
    ['-0', 0],
    ['GMT', 0],
    ['utc', 0],
    ['GMT -8', -480],
    ['+1400', 840],
    ['-12', -720],
  ])('of %p is %p minutes', (written, minutes) => {
    expect(utcOffsetMinutes(written)).toBe(minutes);
  });

  it.each([['MST'], ['GMT-13'], [15], ['+14:30'], [''], ['America/Denver'], [null], [1.01], [[5]]])(
    'of %p is nothing',
    (written) => {
      expect(utcOffsetMinutes(written)).toBeUndefined();
    },
  );
});

describe('a contact window', () => {
  const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

  it.each([
    ['14:59:59.999', false],
    ['15:00:00', true],
    ['23:59:59', true],
    ['00:00:00', true],
    ['02:59:59', true],
    ['03:00:00', false],
    ['12:00:00', false],
  ])('of 1500 to 300 goes on over midnight: at %s UTC it says %p', (time, isIn) => {
    expect(isInContactWindow({ fromMinuteUtc: 900, toMinuteUtc: 180 }, at(time))).toBe(isIn);
  });

  it.each([
    ['07:59:59', false],
    ['08:00:00', true],
    ['16:29:59', true],
    ['16:30:00', false],
  ])('of 0800 to 1630 is within one day: at %s UTC it says %p', (time, isIn) => {
    expect(isInContactWindow({ fromMinuteUtc: 480, toMinuteUtc: 990 }, at(time))).toBe(isIn);
  });

  it.each(['00:00:00', '12:34:00', '23:59:00'])('that ends where it begins is the whole day: %s', (time) => {
    expect(isInContactWindow({ fromMinuteUtc: 0, toMinuteUtc: 0 }, at(time))).toBe(true);
  });

  it('is in UTC already, so the customer’s offset moves nothing', () => {
    const window = { fromMinuteUtc: 480, toMinuteUtc: 990, utcOffsetMinutes: -420 };

    expect(isInContactWindow(window, at('08:30:00'))).toBe(true);
  });
});
