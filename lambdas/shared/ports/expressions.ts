/** One expression, ready to run. */
export interface Expression {
  /**
   * The names that it reads from its scope: `customer` in `customer.crm_id`, `facts` and `identity` in `facts.identity`,
   * but only `task` in `task.customer.name`. Every name of `askedFor` where its text does not show what it reads.
   */
  readonly names: ReadonlySet<string>;
  /** The value as plain JSON, undefined for none. Never changes its scope; stopped after 100 ms, at the second try at most. */
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
