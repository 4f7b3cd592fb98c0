import fc from 'fast-check';
import type { CalabrioPolicy, DeletionPolicy, Policy } from '../../../lambdas/shared/domain/policy.ts';
import { exampleCalabrio, examplePolicy } from '../example-policy.ts';
import { cast, day, hour } from './cast.ts';
import type { Fact } from './facts.ts';
import { seriesOf } from './facts.ts';
import { judge } from './judge.ts';
import { inTheirOrder, permutation } from './orders.ts';
import { disturbances, plots } from './plots.ts';

/** One way in which the facts of a call came in, the policy they are planned under, and when. */
export interface Sequence {
  readonly facts: readonly Fact[];
  readonly policy: Policy;
  readonly now: number;
}

const often = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...others) });

const deletionPolicy: fc.Arbitrary<Partial<DeletionPolicy>> = fc.record({
  enabled: often(true, false),
  dryRun: often(false, true),
  confirmedBy: fc.constantFrom('calabrio', 'calabrio', 'archive', 'both'),
  graceSeconds: fc.constantFrom(0, 0, 7 * day),
  allowedAccountSids: often([cast.account], []),
  allowedWorkspaceSids: often([cast.workspace], []),
  acceptLegs: fc.constantFrom<DeletionPolicy['acceptLegs'][]>([], [], ['timed-out'], ['not-applicable', 'timed-out']),
  waiveInsights: often(false, true),
  queues: often({}, { [cast.queue]: { excluded: true } }, { [cast.queue]: { graceSeconds: 2 * day } }),
});

const calabrioPolicy: fc.Arbitrary<Partial<CalabrioPolicy> | undefined> = fc.option(
  fc.record({
    legModel: fc.constantFrom('per-reservation', 'per-reservation', 'per-recording', 'per-call'),
    verify: fc.constantFrom('when-configured', 'when-configured', 'required', 'off'),
    isApiConfigured: often(false, true),
  }),
  { nil: undefined, freq: 30 },
);

const policy: fc.Arbitrary<Policy> = fc.tuple(deletionPolicy, calabrioPolicy).map(([deletion, calabrio]) => {
  const { calabrio: _example, ...rest } = examplePolicy(deletion);
  return calabrio === undefined ? rest : { ...rest, calabrio: exampleCalabrio(calabrio) };
});

/** How long after the last of the facts somebody plans. */
const waits = [1, 3 * hour, 2.5 * day, 4 * day, 30 * day, 30 * day, 30 * day];

/**
 * A plot of a call, from which up to two facts are lost, to which up to four come that disturb it, in any order, some of
 * them twice. Shrinks to the plot as it usually goes.
 */
export const sequence: fc.Arbitrary<Sequence> = fc
  .record({
    plot: fc.nat(plots.length - 1),
    lost: fc.array(fc.nat(12), { maxLength: 2, size: 'max' }).map((places) => (places.length === 2 ? places : [])),
    more: fc.array(fc.nat(disturbances.length - 1), { maxLength: 4, size: 'max' }),
    order: fc.maxSafeNat(),
    repeats: fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 2, size: 'max' }),
    policy,
    wait: fc.constantFrom(...waits),
  })
  .map(({ plot, lost, more, order, repeats, policy: ruled, wait }) => {
    const kept = (plots[plot] ?? []).filter((_, place) => !lost.includes(place));
    const extra = [...new Set(more)].flatMap((place) => disturbances[place] ?? []);
    const all = inTheirOrder(permutation([...kept, ...extra.filter((fact) => !kept.includes(fact))], order));
    const now = Math.max(0, ...all.map(({ at }) => at)) + wait;
    return { facts: onlyAllowedIntents(repeats.reduce(repeated, all), ruled, now), policy: ruled, now };
  });

function repeated(facts: readonly Fact[], [place, later]: readonly [number, number]): readonly Fact[] {
  const fact = facts[place];
  if (fact === undefined) return facts;
  const again = seriesOf(fact) === undefined ? place + 1 + (later % (facts.length - place)) : place + 1;
  return [...facts.slice(0, again), fact, ...facts.slice(again)];
}

/** Nobody begins a deletion that the rules refuse at that moment; that is asserted with delete-source. */
function onlyAllowedIntents(facts: readonly Fact[], ruled: Policy, now: number): readonly Fact[] {
  return facts.reduce<readonly Fact[]>(
    (sofar, fact) =>
      fact.says.kind === 'intend' && judge(sofar, ruled, now).refusals.size > 0 ? sofar : [...sofar, fact],
    [],
  );
}
