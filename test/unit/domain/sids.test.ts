import { InvalidSidError, callSid, recordingSid, taskSid } from '../../../lambdas/shared/domain/sids.ts';

describe('a SID', () => {
  const hex = '0123456789abcdef0123456789abcdef';

  it('is two letters and 32 lower-case hex digits', () => {
    expect(taskSid(`WT${hex}`)).toBe(`WT${hex}`);
  });

  it.each([
    ['another prefix', `CA${hex}`],
    ['upper-case hex', `WT${hex.toUpperCase()}`],
    ['31 digits', `WT${hex.slice(1)}`],
    ['33 digits', `WT${hex}0`],
    ['an empty text', ''],
    ['a curly quote behind it', `WT${hex}”`],
    ['a line break behind it', `WT${hex}\n`],
  ])('is refused with %s', (_case, text) => {
    expect(() => taskSid(text)).toThrow(InvalidSidError);
  });

  it('is told by its prefix, whatever field it came in', () => {
    expect(recordingSid.is(`CA${hex}`)).toBe(false);
    expect(callSid.is(`CA${hex}`)).toBe(true);
  });

  it('is not quoted when it is refused, because it may be a phone number', () => {
    expect(() => taskSid('+12025550143')).toThrow(/^a text of 12 characters is not a WT SID/);
  });
});
