import * as z from 'zod/mini';
import { policyText, policyVariable, readPolicyText } from '../../../lambdas/shared/messages/policy-text.ts';
import { cautiousPolicy, examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';

const policy = examplePolicy({
  acceptLegs: ['timed-out'],
  queues: { [sids.queue(1)]: { excluded: true }, [sids.queue(2)]: { graceSeconds: 86_400 } },
});

describe('a policy as text', () => {
  it.each([
    ['with a tenant and queues of its own', policy],
    ['without a tenant', cautiousPolicy()],
  ])('is the same policy when it is read again, %s', (_which, written) => {
    expect(readPolicyText(policyText(written))).toEqual(written);
  });

  it.each<readonly [string, unknown]>([
    ['a misspelt switch', { ...policy, deletion: { ...policy.deletion, dryrun: true } }],
    ['a switch that is missing', { ...policy, deletion: { ...policy.deletion, dryRun: undefined } }],
    ['an unknown word for who confirms', { ...policy, deletion: { ...policy.deletion, confirmedBy: 'nobody' } }],
    ['a grace that lies in the past', { ...policy, deletion: { ...policy.deletion, graceSeconds: -1 } }],
    ['half a deletion an hour', { ...policy, deletion: { ...policy.deletion, hourlyCap: 0.5 } }],
    ['a breaker that looks at nothing', breakerOf({ sampleSize: 0, openAtPercent: 25 })],
    ['a breaker that can never close again', breakerOf({ sampleSize: 20, openAtPercent: 0 })],
    ['a queue that is none', { ...policy, deletion: { ...policy.deletion, queues: { Sales: { excluded: true } } } }],
    ['an unknown leg model', { ...policy, calabrio: { ...policy.calabrio, legModel: 'per-agent' } }],
    ['an unknown key beside it', { ...policy, extra: 1 }],
  ])('is refused with %s', (_what, wrong) => {
    expect(() => readPolicyText(JSON.stringify(wrong))).toThrow();
  });
});

describe('a policy in the environment', () => {
  it('is read where it is one', () => {
    expect(z.parse(policyVariable, policyText(policy))).toEqual(policy);
  });

  it('is a fault where it is none, or not even JSON', () => {
    expect(['{}', 'enabled'].map((text) => z.safeParse(policyVariable, text).success)).toEqual([false, false]);
  });
});

function breakerOf(breaker: { readonly sampleSize: number; readonly openAtPercent: number }): unknown {
  return { ...policy, deletion: { ...policy.deletion, breaker } };
}
