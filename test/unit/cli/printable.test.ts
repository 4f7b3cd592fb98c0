import { printable } from '../../../local/terminal/printable.ts';

describe('printable', () => {
  it.each([
    ['\u001b[2J', '\\x1b[2J'],
    ['a\u0000b\tc\r\n', 'a\\x00b\\x09c\\x0d\\x0a'],
    ['\u001f \u007f', '\\x1f \\x7f'],
    ['\u0080\u009b\u009f', '\\x80\\x9b\\x9f'],
  ])('writes the control characters of %j as %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it.each(['', ' ~', '\u00a0é–→', 'Ada Example 🎧', '\\x1b'])('leaves %j as it is', (text) => {
    expect(printable(text)).toBe(text);
  });
});
