import fc from 'fast-check';
import type { Sequence } from '../../support/deletion/sequences.ts';
import { sequence } from '../../support/deletion/sequences.ts';
import type { SequenceCount } from '../../support/deletion/sequence-count.ts';

const wanted = Number(process.env['FLEX_PROPERTY_RUNS'] ?? '3000');
if (!Number.isInteger(wanted) || wanted < 1)
  throw new RangeError(`FLEX_PROPERTY_RUNS must be a whole number from 1, not ${process.env['FLEX_PROPERTY_RUNS']}`);

/** How many random sequences each invariant is held against: FLEX_PROPERTY_RUNS, 3,000 by default. */
const randomRuns = wanted;

/** Plays random sequences until `faultOf` finds one at fault; fails with the smallest such sequence. */
export function holds(count: SequenceCount, faultOf: (sequence: Sequence) => string | undefined): void {
  const property = fc.property(sequence, (played) => {
    count.played += 1;
    const fault = faultOf(played);
    if (fault !== undefined) throw new Error(fault);
  });
  fc.assert(property, { numRuns: randomRuns });
}
