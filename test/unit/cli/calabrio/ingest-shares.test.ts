import { ingestShares } from '../../../../cli/calabrio/ingest-shares.ts';
import type { IngestedTask } from '../../../../cli/calabrio/ingest-shares.ts';

const completed = (link: IngestedTask['link'], seconds: readonly number[]): readonly IngestedTask[] =>
  seconds.map((completeAfterSeconds) => ({ link, completeAfterSeconds }));

describe('ingestShares', () => {
  it('tells replaced links from untouched ones, and counts what was never completed', () => {
    const shares = ingestShares([
      ...completed('replaced', [300, 100, 200]),
      { link: 'replaced' },
      ...completed('untouched', [60]),
    ]);

    expect(shares).toEqual([
      { link: 'replaced', tasks: 4, complete: 3, medianSeconds: 200, p95Seconds: 300 },
      { link: 'added', tasks: 0, complete: 0 },
      { link: 'untouched', tasks: 1, complete: 1, medianSeconds: 60, p95Seconds: 60 },
    ]);
  });

  it('takes the 95th of a hundred by nearest rank, and sorts by value', () => {
    const seconds = Array.from({ length: 100 }, (_, place) => 100 - place);

    expect(ingestShares(completed('added', seconds))[1]).toMatchObject({ medianSeconds: 50, p95Seconds: 95 });
  });
});
