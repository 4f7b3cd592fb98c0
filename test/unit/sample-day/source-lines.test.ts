import { recordingSid } from '../../../lambdas/shared/domain/sids.ts';
import { sourceTable } from '../../../local/sample-day/source-lines.ts';
import { coloursFor } from '../../../local/terminal/colours.ts';

const sid = (digit: string) => recordingSid(`RE${digit.repeat(32)}`);
const plain = coloursFor({ isTty: false, noColor: undefined });
const proved = { title: 'a call', expected: 'unsaid', refusals: [], missingProofs: [] } as const;

describe('the table of sources', () => {
  it('lines up, the deleted first, with every reason of those that stay', () => {
    const lines = sourceTable(
      [
        { ...proved, recordingSid: sid('1'), state: 'there', refusals: ['leg-missing', 'api-unconfirmed'] },
        { ...proved, recordingSid: sid('2'), state: 'deleted' },
        { ...proved, recordingSid: sid('3'), state: 'gone' },
        { ...proved, recordingSid: sid('4'), state: 'there' },
      ],
      plain,
    );

    expect(lines.slice(2)).toEqual([
      `${sid('2')}  deleted    proved`,
      `${sid('3')}  gone       deleted by somebody else`,
      `${sid('1')}  stays      leg-missing`,
      `${' '.repeat(34)}             api-unconfirmed`,
      `${sid('4')}  deletable`,
    ]);
  });

  it('says what a deletion lacked', () => {
    const source = { ...proved, recordingSid: sid('5'), state: 'deleted', missingProofs: ['an intent'] } as const;

    expect(sourceTable([source], plain).at(-1)).toBe(`${sid('5')}  deleted  without an intent`);
  });
});
