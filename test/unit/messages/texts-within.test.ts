import { textsWithin } from '../../../lambdas/shared/messages/texts-within.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('the texts within a text', () => {
  it.each([
    ['as it is', 'call +12025550143 back', '+12025550143'],
    ['in JSON', '{"from":"+12025550143"}', '+12025550143'],
    ['as a number in JSON', '{"from":2025550143}', '2025550143'],
    ['as a key in JSON', '{"+12025550143":true}', '+12025550143'],
    ['in JSON in JSON', JSON.stringify({ data: JSON.stringify([{ from: '+12025550143' }]) }), '+12025550143'],
    ['in a form', 'From=%2B12025550143&To=', '+12025550143'],
    ['percent-encoded', 'https://example.com/%2B12025550143', '+12025550143'],
    ['in base64', JSON.stringify({ body: base64('{"from":"+12025550143"}') }), '+12025550143'],
    [
      'in JSON in a form in base64',
      base64(`TaskAttributes=${encodeURIComponent('{"name":"Ada Example"}')}`),
      'Ada Example',
    ],
    ['escaped in JSON', '{"name":"\\u0041da Example"}', 'Ada Example'],
    ['with signs that are no ASCII', base64('{"name":"Ådä Example"}'), 'Ådä Example'],
  ])('hold what stands %s', (_how, text, wanted) => {
    expect(textsWithin(text).some((one) => one.includes(wanted))).toBe(true);
  });

  it('are none of nothing, and end however deep a text nests', () => {
    const nested = Array.from({ length: 40 }).reduce<string>((text) => JSON.stringify([text]).slice(0, 20_000), 'x');

    expect(textsWithin('')).toEqual([]);
    expect(textsWithin(nested).length).toBeLessThan(100);
  });

  it('leave alone what only looks like an encoding', () => {
    expect(textsWithin('100% = sure')).toEqual(['100% = sure']);
    expect(textsWithin('{broken')).toEqual(['{broken']);
  });
});
