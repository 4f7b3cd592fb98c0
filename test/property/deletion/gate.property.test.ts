import fc from 'fast-check';
import type { AttemptEnd, DeletionControl } from '../../../lambdas/shared/domain/deletion-control.ts';
import {
  gateRefusals,
  newDeletionControl,
  withAttempt,
  withBegun,
  withBreakerClosed,
  withProvedIngest,
} from '../../../lambdas/shared/domain/deletion-control.ts';
import { moment } from '../../support/deletion/cast.ts';
import { examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';

/** What happens at the gate, `later` seconds after what happened there before. */
type Step = { readonly later: number } & (
  | { readonly kind: 'asks' }
  | { readonly kind: 'ends'; readonly end: AttemptEnd }
  | { readonly kind: 'closes' }
  | { readonly kind: 'proves'; readonly recording: number }
);

const later = fc.constantFrom(0, 1, 900, 3599, 3600, 7200);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ later, kind: fc.constant('asks') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      later,
      kind: fc.constant('ends'),
      end: fc.constantFrom<AttemptEnd>('deleted', 'deleted', 'refused', 'gone-external'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ later, kind: fc.constant('closes') }) },
  {
    weight: 2,
    arbitrary: fc.record({ later, kind: fc.constant('proves'), recording: fc.integer({ min: 1, max: 4 }) }),
  },
);

const [cap, sampleSize, openAtPercent, proof] = [3, 4, 50, 2];
const policy = examplePolicy({ hourlyCap: cap, ingestProof: proof, breaker: { sampleSize, openAtPercent } });

/** What the rules say, from the list of what happened alone. */
interface Happened {
  readonly begunAt: number[];
  /** Since a person last closed the breaker, or ever. */
  ends: AttemptEnd[];
  isOpen: boolean;
  readonly proved: Set<number>;
}

function refusalsByRule({ begunAt, isOpen, proved }: Happened, now: number): readonly string[] {
  const thisHour = begunAt.filter((at) => Math.floor(at / 3600) === Math.floor(now / 3600));
  return [
    ...(proved.size < proof ? ['ingest-unproven'] : []),
    ...(thisHour.length >= cap ? ['hourly-cap'] : []),
    ...(isOpen ? ['breaker-open'] : []),
  ];
}

/** One step at the gate itself, and the same one on the list. */
function take(control: DeletionControl, happened: Happened, taken: Step, now: number): DeletionControl {
  switch (taken.kind) {
    case 'asks':
      if (gateRefusals(control, policy, moment(now)).length > 0) return control;
      happened.begunAt.push(now);
      return withBegun(control, moment(now));
    case 'ends': {
      happened.ends.push(taken.end);
      const last = happened.ends.slice(-sampleSize);
      const bad = last.filter((end) => end !== 'deleted').length;
      happened.isOpen ||= last.length === sampleSize && bad / sampleSize >= openAtPercent / 100;
      const attempt = { at: moment(now), recordingSid: sids.recording(), end: taken.end };
      return withAttempt(control, attempt, policy.deletion.breaker);
    }
    case 'closes':
      happened.ends = [];
      happened.isOpen = false;
      return withBreakerClosed(control, 'ada');
    case 'proves':
      happened.proved.add(taken.recording);
      return withProvedIngest(control, sids.recording(taken.recording), policy.deletion);
  }
}

describe('the gate that all deletions pass', () => {
  it('invariant 6: refuses above the hour’s cap, with the breaker open and without proof of ingest, and only then', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        const happened: Happened = { begunAt: [], ends: [], isOpen: false, proved: new Set() };
        let control = newDeletionControl(moment(0));
        let now = 0;
        for (const taken of steps) {
          now += taken.later;
          control = take(control, happened, taken, now);
          expect(gateRefusals(control, policy, moment(now))).toEqual(refusalsByRule(happened, now));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('asks for no proof of ingest where nothing is replaced, or there is no Calabrio that might need it', () => {
    const fresh = newDeletionControl(moment(0));
    const { calabrio: _none, ...withoutCalabrio } = policy;

    expect(gateRefusals(fresh, policy, moment(0))).toEqual(['ingest-unproven']);
    expect(gateRefusals(fresh, { ...policy, onExistingLink: 'keep' }, moment(0))).toEqual([]);
    expect(gateRefusals(fresh, { ...policy, onExistingLink: 'fill' }, moment(0))).toEqual([]);
    expect(gateRefusals(fresh, withoutCalabrio, moment(0))).toEqual([]);
    const ownWord = { ...policy, deletion: { ...policy.deletion, confirmedBy: 'archive' as const } };
    expect(gateRefusals(fresh, ownWord, moment(0))).toEqual(['ingest-unproven']);
    expect(gateRefusals(fresh, examplePolicy({ ingestProof: 0 }), moment(0))).toEqual([]);
  });
});
