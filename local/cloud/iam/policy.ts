import * as z from 'zod/mini';
import type { Json } from '../template/json.ts';
import { parseCondition, type Condition } from './conditions.ts';

/** One statement of a policy, its ARNs computed. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** Patterns; `*` for a statement about everything. */
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
  /** Only in policies of resources: who is meant, as service names, ARNs or `*`. */
  readonly principals: readonly string[];
}

const oneOrMore = z.union([z.string(), z.array(z.string())]);

/** NotAction, NotResource and NotPrincipal are left out on purpose: nothing here uses them, so they are refused. */
const statementSchema = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: z.optional(oneOrMore),
  Principal: z.optional(z.union([z.string(), z.record(z.string(), oneOrMore)])),
  Condition: z.optional(z.record(z.string(), z.record(z.string(), z.union([oneOrMore, z.boolean(), z.number()])))),
});

const documentSchema = z.strictObject({
  Version: z.optional(z.string()),
  Id: z.optional(z.string()),
  Statement: z.union([z.array(statementSchema), statementSchema]),
});

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** @throws {Error} when the document uses an element or a condition operator that is not known here. */
export function parsePolicy(document: Json | undefined, where: string): readonly Statement[] {
  const read = documentSchema.safeParse(document);
  if (!read.success) throw new Error(`${where}: a policy this runner cannot read: ${z.prettifyError(read.error)}`);
  return each(read.data.Statement).map((statement) => ({
    effect: statement.Effect,
    actions: list(statement.Action),
    resources: list(statement.Resource ?? '*'),
    conditions: Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) =>
        parseCondition(
          operator,
          key,
          typeof values === 'boolean' || typeof values === 'number' ? [String(values)] : list(values),
          where,
        ),
      ),
    ),
    principals:
      typeof statement.Principal === 'string'
        ? [statement.Principal]
        : Object.values(statement.Principal ?? {}).flatMap(list),
  }));
}

const each = <Item>(value: Item | readonly Item[]): readonly Item[] => (isList(value) ? value : [value]);
const isList = <Item>(value: Item | readonly Item[]): value is readonly Item[] => Array.isArray(value);
