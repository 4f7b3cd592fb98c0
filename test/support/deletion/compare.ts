import type { Plan } from '../../../lambdas/shared/domain/plan-recording.ts';
import { planRecording } from '../../../lambdas/shared/domain/plan-recording.ts';
import type { Policy } from '../../../lambdas/shared/domain/policy.ts';
import { cast, moment } from './cast.ts';
import type { Fact } from './facts.ts';
import { judge } from './judge.ts';
import type { Judgement } from './judge.ts';
import type { Known } from './known.ts';

/** What the domain plans, beside what the rules say, of the same facts. */
export interface Compared {
  readonly known: Known;
  readonly plan: Plan;
  readonly judgement: Judgement;
  /** In what they differ; undefined where they agree. */
  readonly difference: string | undefined;
}

export function compare(known: Known, facts: readonly Fact[], policy: Policy, now: number): Compared {
  const plan = planRecording(known.recording, known.tasks, policy, moment(now));
  const judgement = judge(facts, policy, now);
  const [planned, ruled] = [say(plan.refusals, planLegs(plan)), say([...judgement.refusals], judgedLegs(judgement))];
  return {
    known,
    plan,
    judgement,
    difference: planned === ruled ? undefined : `planned ${planned}; the rules say ${ruled}; after ${tell(facts)}`,
  };
}

/** The facts in the order in which they came, by name. */
export function tell(facts: readonly Fact[]): string {
  return facts.map(({ name, at }) => `${name} (${at} s)`).join(', ');
}

function say(refusals: readonly string[], legs: readonly string[]): string {
  return `[${[...refusals].sort().join(' ')}] with legs [${legs.join(' ')}]`;
}

export function planLegs({ legs }: Plan): readonly string[] {
  return legs.map(({ of, state, ccrIds }) => `${of}:${state}${[...ccrIds].sort().join('+')}`).sort();
}

function judgedLegs({ legs }: Judgement): readonly string[] {
  return legs
    .map(({ of, state, ccrIds }) => {
      const who = typeof of === 'number' ? cast.reservation(of) : of;
      return `${who}:${state}${[...new Set(ccrIds)].sort().join('+')}`;
    })
    .sort();
}
