/** Whose request it is, as far as its token says. */
export type CallerVerdict =
  | {
      readonly kind: 'admitted';
      readonly caller: string;
      /** What the caller's usage plan hangs on; it opens nothing. */
      readonly apiKey: string;
    }
  /** The token is a caller's whom this stage does not know. */
  | { readonly kind: 'unknown-caller'; readonly caller: string }
  | { readonly kind: 'unknown-token' };
