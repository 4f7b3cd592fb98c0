import { Stack, Tokenization } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as z from 'zod/mini';

const referenceSchema = z.object({ Ref: z.string() });

/**
 * A text as the findings of cdk-nag spell it: a reference inside it is `<Name>`, and what the stack knows already, as it
 * knows the partition of a named region, is itself.
 */
export function asFindingsSpell(scope: Construct, text: string): string {
  const stack = Stack.of(scope);
  const spelled: unknown = Tokenization.reverseString(text)
    .mapTokens({
      mapToken: (token) => {
        const value: unknown = stack.resolve(token);
        return typeof value === 'string' ? value : `<${referenceSchema.parse(value).Ref}>`;
      },
    })
    .join({ join: (left, right) => `${left ?? ''}${right ?? ''}` });
  return String(spelled);
}
