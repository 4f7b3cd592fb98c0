import { policyOf } from '../../../cli/policy-of.ts';
import { UnreachableError } from '../../../cli/unreachable-error.ts';
import { policyText } from '../../../lambdas/shared/messages/policy-text.ts';
import { examplePolicy } from '../../support/example-policy.ts';

describe('the policy of a pipeline', () => {
  it('is what it published', () => {
    expect(policyOf(policyText(examplePolicy()), 'stage dev')).toEqual(examplePolicy());
  });

  it('is not known where it published none', () => {
    expect(policyOf(undefined, 'stage dev')).toBeUndefined();
  });

  it.each(['', '{}', '{"deletion":{"enabled":true}}', 'not JSON'])('is not guessed from %j', (text) => {
    expect(() => policyOf(text, 'stage dev')).toThrow(UnreachableError);
    expect(() => policyOf(text, 'stage dev')).toThrow('the policy of stage dev is not one that this version reads');
  });
});
