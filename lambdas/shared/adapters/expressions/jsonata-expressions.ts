import jsonata from 'jsonata';
import type { CompiledExpression, EvaluatedExpression, Expression, Expressions } from '../../ports/expressions.ts';
import { evaluationFault, outOfTime, syntaxFault } from './jsonata-faults.ts';
import { copied, plainResult } from './jsonata-values.ts';
import { faultyVariable, namesRead } from './read-names.ts';
import { timedRegExp } from './timed-regexp.ts';

const timeoutMilliseconds = 100;

/**
 * JSONata's limits, which are off unless set: `timeout` in milliseconds and `stack` in nested evaluations are looked at
 * with each node that is evaluated, `sequence` in items as a sequence grows. (jsonata.js of 2.2.2, read 2026-11)
 */
const limits = { timeout: timeoutMilliseconds, stack: 200, sequence: 5000 };

/**
 * Expressions in JSONata, each text compiled once. What a rule gives depends on its scope alone: `$eval`, the clock and
 * chance are refused when the expression is compiled, and so is a function that there is none of, because the run would
 * fail on it each time.
 */
export function jsonataExpressions(): Expressions {
  const compiled = new Map<string, CompiledExpression>();
  const RegexEngine = timedRegExp(timeoutMilliseconds);
  return {
    compile(text) {
      const known = compiled.get(text);
      if (known !== undefined) return known;
      const fresh = compile(text, RegexEngine);
      compiled.set(text, fresh);
      return fresh;
    },
  };
}

function compile(text: string, RegexEngine: RegExpConstructor): CompiledExpression {
  const parsed = parse(text, RegexEngine);
  if (parsed.kind === 'faulty') return parsed;
  const ast = parsed.expression.ast();
  const fault = faultyVariable(ast);
  if (fault !== undefined) return { kind: 'faulty', ...fault };
  return { kind: 'expression', expression: runnable(parsed.expression, namesRead(ast)) };
}

type Parsed =
  | { readonly kind: 'parsed'; readonly expression: jsonata.Expression }
  | Extract<CompiledExpression, { kind: 'faulty' }>;

function parse(text: string, RegexEngine: RegExpConstructor): Parsed {
  try {
    return { kind: 'parsed', expression: jsonata(text, { ...limits, RegexEngine }) };
  } catch (error) {
    return { kind: 'faulty', ...syntaxFault(error) };
  }
}

function runnable(expression: jsonata.Expression, names: ReadonlySet<string>): Expression {
  return {
    names,
    async evaluate(scope) {
      const first = await evaluateOnce(expression, scope);
      // The limit is of the clock on the wall, and a machine that stood still is no expression without end.
      return isOutOfTime(first) ? evaluateOnce(expression, scope) : first;
    },
  };
}

async function evaluateOnce(expression: jsonata.Expression, scope: object): Promise<EvaluatedExpression> {
  try {
    const result = plainResult(await expression.evaluate(copied(scope)));
    if (result === undefined)
      return { kind: 'failed', why: 'it gives something that JSON has not, such as a function' };
    return { kind: 'value', value: result.value };
  } catch (error) {
    return { kind: 'failed', why: evaluationFault(error) };
  }
}

function isOutOfTime(result: EvaluatedExpression): boolean {
  return result.kind === 'failed' && result.why.startsWith(outOfTime);
}
