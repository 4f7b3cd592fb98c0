import { counted, secondsText, sizeText, wrapped } from '../../../local/terminal/words.ts';

describe('words for amounts', () => {
  it.each([
    [812, '812 B'],
    [1_440, '1.4 kB'],
    [115_200_044, '115.2 MB'],
  ])('writes %i bytes as %s', (sizeBytes, text) => {
    expect(sizeText(sizeBytes)).toBe(text);
  });

  it.each([
    [0.42, '0.4 s'],
    [-3.04, '-3.0 s'],
    [12.4, '12 s'],
    [240, '4 min'],
    [3_900, '1 h 05 min'],
  ])('writes %f seconds as %s', (seconds, text) => {
    expect(secondsText(seconds)).toBe(text);
  });

  it('counts one thing in the singular', () => {
    expect([counted(0, 'task'), counted(1, 'task'), counted(2, 'reply', 'replies')]).toEqual([
      '0 tasks',
      '1 task',
      '2 replies',
    ]);
  });
});

describe('wrapped', () => {
  it('breaks between words only, and leaves a word that is too long whole', () => {
    expect(wrapped('29 retries: media-not-there-yet', 12)).toEqual(['29 retries:', 'media-not-there-yet']);
    expect(wrapped('a b c', 3)).toEqual(['a b', 'c']);
  });
});
