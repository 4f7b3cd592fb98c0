/**
 * Something that Flex Insights would not read as it is meant. `path` is in what was looked at; `value` is shown to the
 * person who typed a command, and never logged.
 */
export interface Finding {
  /** `error`: Insights loses or refuses it; `warning`: it costs or misleads; `note`: good to know. */
  readonly level: 'error' | 'warning' | 'note';
  /** The rule's stable name, kebab-case. */
  readonly rule: string;
  readonly path: string;
  readonly value?: unknown;
  /** What is wrong, what was allowed, what to do. */
  readonly message: string;
  /** The page that says so, and the month it was read. */
  readonly source: string;
}

/** What became of one value on its way to Insights. */
export type FittedValue =
  | { readonly kind: 'fits'; readonly value: unknown }
  /** Longer than 128 code points: cut there, as Insights would. */
  | { readonly kind: 'cut'; readonly value: string }
  /** Not written at all; `rule` is a linter rule's name. */
  | { readonly kind: 'refused'; readonly rule: string };
