import { toE164In } from '../../../lambdas/shared/adapters/phone/to-e164.ts';

describe('a number as E.164', () => {
  const toE164 = toE164In('US');

  it.each([
    ['+12025550143', '+12025550143'],
    ['2025550143', '+12025550143'],
    [' (202) 555-0143 ', '+12025550143'],
    ['1-202-555-0143', '+12025550143'],
    ['+44 20 7946 0958', '+442079460958'],
    ['2025550143 x5', '+12025550143'],
  ])('is made of %p', (written, number) => {
    expect(toE164(written)).toBe(number);
  });

  it.each(['+12025550100', '+12025550199', '+15005550006'])('may be a fictional one: %s', (number) => {
    expect(toE164(number)).toBe(number);
  });

  it('is of the country that was named, where the number names none', () => {
    expect(toE164In('GB')('020 7946 0958')).toBe('+442079460958');
  });

  it.each(['911', '5550143', '+1202555014', '+1202555014312345', 'client:ada', 'call 2025550143', 'outgoing', '', '+'])(
    'is not made of %p',
    (written) => {
      expect(toE164(written)).toBeUndefined();
    },
  );

  it('is refused for a country that is none, before any number is read', () => {
    expect(() => toE164In('usa')).toThrow('"usa" is no country: wanted two capital letters of ISO 3166-1, such as US');
  });
});
