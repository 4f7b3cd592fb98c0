/** One expression, ready to run. */
export interface Expression {
  /** The names that it reads, wherever in it they stand: `customer` in `customer.crm_id`. For telling what it depends on. */
  readonly names: ReadonlySet<string>;
  /** The value as plain JSON, undefined for none. Never changes its scope, and is stopped after 100 ms. */
  evaluate(scope: object): Promise<EvaluatedExpression>;
}

export type EvaluatedExpression =
  | { readonly kind: 'value'; readonly value: unknown }
  /** `why` names the fault without quoting the scope's values. */
  | { readonly kind: 'failed'; readonly why: string };

export type CompiledExpression =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'faulty'; readonly why: string; readonly position: number };

/** Reads expressions; the same text twice costs nothing the second time. */
export interface Expressions {
  compile(text: string): CompiledExpression;
}
