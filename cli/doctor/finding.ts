/** What a check saw, in a sentence, and what a person has to do about it. */
export type Finding =
  | { readonly kind: 'ok'; readonly seen: string }
  | { readonly kind: 'warning' | 'failed'; readonly seen: string; readonly todo: string }
  | { readonly kind: 'skipped'; readonly why: string };

export const ok = (seen: string): Finding => ({ kind: 'ok', seen });

/** It works, or nobody can say; somebody should look. */
export const warning = (seen: string, todo: string): Finding => ({ kind: 'warning', seen, todo });

export const failed = (seen: string, todo: string): Finding => ({ kind: 'failed', seen, todo });

/** Nothing was looked at, because there is nothing to look at or something else has to be mended first. */
export const skipped = (why: string): Finding => ({ kind: 'skipped', why });

/** Thrown where a check hangs on something that another check reports: it is skipped, and the fault is said once. */
export class CannotLookError extends Error {
  override readonly name = 'CannotLookError';
}
