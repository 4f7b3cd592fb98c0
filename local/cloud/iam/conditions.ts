import { fits } from './wildcards.ts';

/** What a call says about itself; a key that a call does not have is absent. */
export type CallContext = Readonly<Record<string, string>>;

export interface Condition {
  readonly key: string;
  readonly holds: (context: CallContext) => boolean;
}

type Compare = (wanted: string, found: string) => boolean;

const same: Compare = (wanted, found) => wanted === found;
const sameInAnyCase: Compare = (wanted, found) => wanted.toLowerCase() === found.toLowerCase();

const operators: Readonly<Record<string, { readonly compare: Compare; readonly negated: boolean }>> = {
  StringEquals: { compare: same, negated: false },
  StringNotEquals: { compare: same, negated: true },
  StringEqualsIgnoreCase: { compare: sameInAnyCase, negated: false },
  StringLike: { compare: fits, negated: false },
  StringNotLike: { compare: fits, negated: true },
  ArnEquals: { compare: fits, negated: false },
  ArnLike: { compare: fits, negated: false },
  ArnNotLike: { compare: fits, negated: true },
  Bool: { compare: sameInAnyCase, negated: false },
  NumericLessThan: { compare: (wanted, found) => Number(found) < Number(wanted), negated: false },
};

/**
 * One operator with one key. As in IAM, a key that the call does not have fails a plain operator and passes a negated
 * one; `…IfExists` passes then; `ForAnyValue:`/`ForAllValues:` mean the same as the plain operator here, because calls
 * carry one value a key.
 *
 * @throws {Error} for an operator that is not known here.
 */
export function parseCondition(operator: string, key: string, values: readonly string[], where: string): Condition {
  const ifExists = operator.endsWith('IfExists');
  const name = operator.replace(/^For(AnyValue|AllValues):/, '').replace(/IfExists$/, '');
  const known = operators[name];
  if (!known)
    throw new Error(
      `${where}: unknown condition operator ${operator} (key ${key}): known are ${Object.keys(operators).join(', ')}`,
    );
  const absent = ifExists || known.negated || operator.startsWith('ForAllValues:');
  return {
    key,
    holds: (context) => {
      const found = context[key] ?? context[key.toLowerCase()];
      if (found === undefined) return absent;
      return values.some((wanted) => known.compare(wanted, found)) !== known.negated;
    },
  };
}
