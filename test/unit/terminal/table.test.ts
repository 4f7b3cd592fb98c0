import { coloursFor } from '../../../local/terminal/colours.ts';
import { tableLines } from '../../../local/terminal/table.ts';

describe('tableLines', () => {
  it('aligns words to the left and numbers to the right, and ends no line in spaces', () => {
    const lines = tableLines(
      [{ title: 'task' }, { title: 'bytes', align: 'right' }, { title: 'note' }],
      [
        ['WT1', '7', 'short'],
        ['WT22', '12345678', ''],
      ],
    );

    expect(lines).toEqual(['task     bytes  note', '────  ────────  ─────', 'WT1          7  short', 'WT22  12345678']);
  });

  it('cuts only where it may, and shows that it did', () => {
    const lines = tableLines(
      [{ title: 'why', cut: 'end', maxWidth: 8 }, { title: 'link' }],
      [['a very long reason', 'https://links.example/r/RE00?k=k1.abcdefghijklmnopqrstuv']],
    );

    expect(lines[2]).toBe('a very …  https://links.example/r/RE00?k=k1.abcdefghijklmnopqrstuv');
  });

  it('counts a coloured text by what is seen of it', () => {
    const { red } = coloursFor({ isTty: true, noColor: undefined });

    const lines = tableLines([{ title: 'state' }, { title: 'n' }], [[red('late'), '1']]);

    expect(lines[2]).toBe('\u001b[31mlate\u001b[39m   1');
  });

  it('refuses a row that does not fit', () => {
    expect(() => tableLines([{ title: 'a' }], [['1', '2']])).toThrow('a row of 2 cells in a table of 1 columns');
  });
});

describe('coloursFor', () => {
  it.each([
    ['no terminal', false, undefined],
    ['NO_COLOR set', true, '1'],
  ])('gives plain text with %s', (_, isTty, noColor) => {
    expect(coloursFor({ isTty, noColor }).green('done')).toBe('done');
  });

  it('ignores an empty NO_COLOR, as its document says', () => {
    expect(coloursFor({ isTty: true, noColor: '' }).green('done')).toBe('\u001b[32mdone\u001b[39m');
  });
});
