import { deadlineOf } from '../domain/enrichment/deadlines.ts';
import type { DeadlineClass } from '../domain/enrichment/deadlines.ts';
import type { Rule } from '../domain/enrichment/enrichment-config.ts';
import type { AskedFor, RuleEvent } from '../domain/enrichment/rule-scope.ts';
import type { EvaluatedExpression, Expressions } from '../ports/expressions.ts';

/** What came of one rule. */
export type RuleResult = { readonly rule: Rule; readonly deadline: DeadlineClass } & Judgement;

type Judgement =
  /** JSON; null empties what is there, where the rule overwrites. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** The value is undefined or an empty text. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'not-on-this-event' }
  | { readonly kind: 'condition-not-met' }
  /** It would have applied, and Insights has read already. No value where somebody would have had to be asked for it. */
  | { readonly kind: 'late'; readonly value?: unknown }
  /** It reads what has yet to be asked for, so nothing can be said. */
  | { readonly kind: 'depends'; readonly on: readonly AskedFor[] }
  /** `by` writes the same path, stands before it and applies. */
  | { readonly kind: 'beaten'; readonly by: string }
  /** `why` names the fault without a value of the scope. */
  | { readonly kind: 'failed'; readonly why: string };

/** A task's whole scope, or a worker's, which is of no task's event. */
export type EvaluatedScope = object & { readonly event?: RuleEvent };

/** What of the scope is not there yet but will be, and which deadlines the event leaves open. */
export interface HowToEvaluate {
  readonly deadlines: readonly DeadlineClass[];
  readonly unknown: ReadonlySet<AskedFor>;
}

/**
 * What each rule says of this scope, in their order. The same scope gives the same results.
 *
 * Of rules that write one path the first whose condition holds has it, even where its value then is nothing or fails; a
 * rule whose condition fails or does not hold leaves it to the next. While nobody can say yet whether a condition holds,
 * the rules after it wait as well. A rule that fails stops no other.
 */
export async function evaluateRules(
  has: { readonly expressions: Expressions },
  rules: readonly Rule[],
  scope: EvaluatedScope,
  how: HowToEvaluate,
): Promise<readonly RuleResult[]> {
  const results: RuleResult[] = [];
  const owners = new Map<string, RuleResult>();
  for (const rule of rules) {
    const { owns, ...judgement } = await judge(has.expressions, rule, scope, how, owners.get(rule.write));
    const result = { rule, deadline: deadlineOf(rule.write), ...judgement };
    results.push(result);
    if (owns && !owners.has(rule.write)) owners.set(rule.write, result);
  }
  return results;
}

/** `owns`: no rule after this one may have the path. */
async function judge(
  expressions: Expressions,
  rule: Rule,
  scope: EvaluatedScope,
  how: HowToEvaluate,
  owner: RuleResult | undefined,
): Promise<Judgement & { readonly owns: boolean }> {
  if (scope.event !== undefined && rule.on?.includes(scope.event.type) === false)
    return { kind: 'not-on-this-event', owns: false };
  const isLate = !how.deadlines.includes(deadlineOf(rule.write));
  const condition = await conditionOf(expressions, rule, scope, how);
  if (condition.kind === 'depends') return isLate ? { kind: 'late', owns: false } : { ...condition, owns: true };
  if (condition.kind !== 'met') return { ...condition, owns: false };
  if (owner?.kind === 'depends') return { kind: 'depends', on: owner.on, owns: false };
  if (owner !== undefined) return { kind: 'beaten', by: owner.rule.name, owns: false };
  const value = await valueOf(expressions, rule, scope, how);
  return { ...(isLate ? tooLate(value) : value), owns: true };
}

function tooLate(value: Judgement): Judgement {
  if (value.kind === 'depends') return { kind: 'late' };
  return value.kind === 'value' ? { kind: 'late', value: value.value } : value;
}

/** Only true itself is a condition that holds: a text or a number there is a mistake that shall be seen. */
async function conditionOf(
  expressions: Expressions,
  rule: Rule,
  scope: EvaluatedScope,
  how: HowToEvaluate,
): Promise<{ readonly kind: 'met' } | Extract<Judgement, { kind: 'condition-not-met' | 'depends' | 'failed' }>> {
  if (rule.when === undefined) return { kind: 'met' };
  const result = await evaluated(expressions, rule.when, scope, how);
  if (result.kind === 'depends') return result;
  if (result.kind === 'failed') return { kind: 'failed', why: `when: ${result.why}` };
  if (result.value === undefined || result.value === null || result.value === false)
    return { kind: 'condition-not-met' };
  if (result.value === true) return { kind: 'met' };
  return { kind: 'failed', why: 'when: it gives neither true nor false; ask with $exists(…) or a comparison' };
}

async function valueOf(
  expressions: Expressions,
  rule: Rule,
  scope: EvaluatedScope,
  how: HowToEvaluate,
): Promise<Extract<Judgement, { kind: 'value' | 'nothing' | 'depends' | 'failed' }>> {
  const result = await evaluated(expressions, rule.value, scope, how);
  if (result.kind === 'failed') return { kind: 'failed', why: `value: ${result.why}` };
  return result.kind === 'value' && (result.value === undefined || result.value === '') ? { kind: 'nothing' } : result;
}

async function evaluated(
  expressions: Expressions,
  text: string,
  scope: EvaluatedScope,
  { unknown }: HowToEvaluate,
): Promise<EvaluatedExpression | Extract<Judgement, { kind: 'depends' }>> {
  const compiled = expressions.compile(text);
  if (compiled.kind === 'faulty') return { kind: 'failed', why: `${compiled.why} (position ${compiled.position})` };
  const on = [...unknown].filter((name) => compiled.expression.names.has(name));
  return on.length === 0 ? compiled.expression.evaluate(scope) : { kind: 'depends', on };
}
