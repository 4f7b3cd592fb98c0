import { UnreachableError } from './unreachable-error.ts';
import type { Policy } from '../lambdas/shared/domain/policy.ts';
import { readPolicyText } from '../lambdas/shared/messages/policy-text.ts';

/**
 * The policy that the pipeline called `where` has published as a text; undefined where it published none.
 *
 * @throws {UnreachableError} when it is one that this version cannot read: to guess at a deletion would be worse.
 */
export function policyOf(text: string | undefined, where: string): Policy | undefined {
  if (text === undefined) return undefined;
  try {
    return readPolicyText(text);
  } catch (cause) {
    throw new UnreachableError(`the policy of ${where} is not one that this version reads: deploy it again from here`, {
      cause,
    });
  }
}
