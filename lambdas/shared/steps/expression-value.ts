import type { Expressions } from '../ports/expressions.ts';

/** The value of an optional expression; undefined where there is none, where it gives nothing, and where it fails. */
export async function expressionValue(
  expressions: Expressions,
  text: string | undefined,
  scope: object,
): Promise<unknown> {
  const compiled = text === undefined ? undefined : expressions.compile(text);
  const evaluated = compiled?.kind === 'expression' ? await compiled.expression.evaluate(scope) : undefined;
  return evaluated?.kind === 'value' ? evaluated.value : undefined;
}
