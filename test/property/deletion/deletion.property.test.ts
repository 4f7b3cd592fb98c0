import { orderings } from '../../support/deletion/orderings.ts';
import type { SequenceCount } from '../../support/deletion/sequence-count.ts';
import { invariantsSuite } from './invariants-suite.ts';
import { orderingsSuite } from './orderings-suite.ts';

/*
 * When a source may be deleted, against the written rules: expected values come from those, by an oracle that keeps
 * nothing but the list of what was heard (test/support/deletion/judge.ts), and by hand (orderings.ts).
 */

const count: SequenceCount = { played: 0 };

describe('a source is deleted only where every rule holds', () => {
  invariantsSuite(count);
});

describe('the orderings that really happen', () => {
  orderingsSuite(count);
});

describe('this suite', () => {
  it('has a row for each of the 27 orderings, in their order', () => {
    expect(orderings.map(({ title }) => Number(title.split(' ')[0]))).toEqual(
      Array.from({ length: 27 }, (_, n) => n + 1),
    );
  });

  it('has played at least 100,000 event sequences', () => {
    expect(count.played).toBeGreaterThanOrEqual(100_000);
  });

  afterAll(() => {
    const played = count.played.toLocaleString('en-US');
    process.stderr.write(`deletion: ${played} event sequences against 13 invariants and 27 orderings\n`);
  });
});
