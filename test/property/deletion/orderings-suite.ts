import { applyPlan } from '../../../lambdas/shared/domain/recording-events.ts';
import { recordingLabel } from '../../../lambdas/shared/domain/recording-label.ts';
import { cast } from '../../support/deletion/cast.ts';
import { compare, tell } from '../../support/deletion/compare.ts';
import type { Compared } from '../../support/deletion/compare.ts';
import type { Fact } from '../../support/deletion/facts.ts';
import { orderings } from '../../support/deletion/orderings.ts';
import type { Case } from '../../support/deletion/orderings.ts';
import { inTheirOrder, ordersOf, withLosses, withOneRepeat } from '../../support/deletion/orders.ts';
import { play } from '../../support/deletion/play.ts';
import type { SequenceCount } from '../../support/deletion/sequence-count.ts';

/** Of six facts and fewer every order is played; of more, that many. */
const mostOrders = 1500;

/**
 * Each of the twenty-seven orderings, every case of it in every order, with every single repeat, and with every part of it
 * lost. A row's own expectation is written by hand; beside it, the whole list of reasons is compared with the rules.
 */
export function orderingsSuite(count: SequenceCount): void {
  describe.each(orderings)('$title', ({ cases }) => {
    describe.each(cases)('$title', (told) => {
      it('in every order', () => {
        expect(firstFault(ordersOf(told.facts, mostOrders), count, told, isAsTold)).toBeUndefined();
      });

      it('with any of its facts heard twice', () => {
        expect(firstFault(withOneRepeat(told.facts), count, told, isAsTold)).toBeUndefined();
        expect(
          firstFault(withOneRepeat(inTheirOrder([...told.facts].reverse())), count, told, isAsTold),
        ).toBeUndefined();
      });

      it('with any of its facts lost: the source goes by those that are left, or stays', () => {
        expect(firstFault(withLosses(told.facts), count, told, goesAsTold)).toBeUndefined();
      });
    });
  });
}

/** What is wrong with the first delivery of which anything is. */
function firstFault(
  deliveries: Iterable<readonly Fact[]>,
  count: SequenceCount,
  told: Case,
  faultOf: (told: Case, compared: Compared, facts: readonly Fact[]) => string | undefined,
): string | undefined {
  for (const facts of deliveries) {
    count.played += 1;
    const compared = compare(play(facts), facts, told.policy, told.now);
    const fault = compared.difference ?? faultOf(told, compared, facts);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isAsTold(told: Case, { known, plan }: Compared, facts: readonly Fact[]): string | undefined {
  const label = recordingLabel(applyPlan(known.recording, plan, told.policy.deletion.enabled));
  const is = [[...plan.refusals].sort().join(' '), legsOf(plan.legs), label].join(' | ');
  const should = [[...told.refusals].sort().join(' '), told.legs.join(', '), told.label].join(' | ');
  return is === should ? undefined : `is ${is}; should be ${should}; after ${tell(facts)}`;
}

function goesAsTold(told: Case, { plan }: Compared, facts: readonly Fact[]): string | undefined {
  const goes = plan.refusals.length === 0;
  if (goes === told.mayGoWith((fact) => facts.includes(fact))) return undefined;
  return `the source ${goes ? 'goes' : `stays (${plan.refusals.join(', ')})`} after only ${tell(facts)}`;
}

function legsOf(legs: Compared['plan']['legs']): string {
  const agents = [1, 2, 3].map((n) => [cast.reservation(n), String(n)] as const);
  return legs
    .map(({ of, state }) => `${agents.find(([sid]) => sid === of)?.[1] ?? of} ${state}`)
    .sort()
    .join(', ');
}
