import type { Fact, Says } from './facts.ts';

type Kind = Says['kind'];
type Of<K extends Kind> = Extract<Says, { readonly kind: K }>;

/** A fact of one kind, as it was heard. */
export interface Heard<K extends Kind> {
  readonly at: number;
  readonly says: Of<K>;
}

/** The facts of one kind, in the order in which they came. */
export function heard<K extends Kind>(facts: readonly Fact[], kind: K): readonly Heard<K>[] {
  return facts.flatMap(({ at, says }) => (isOf(says, kind) ? [{ at, says }] : []));
}

function isOf<K extends Kind>(says: Says, kind: K): says is Of<K> {
  return says.kind === kind;
}
