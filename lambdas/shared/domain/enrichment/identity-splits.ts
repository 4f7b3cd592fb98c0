import type { TaskAttributes } from '../task-attributes.ts';
import { objectAt } from '../task-shapes/places.ts';
import { identityKinds } from './enrichment-config.ts';
import type { IdentityKind, IdentitySettings } from './enrichment-config.ts';
import { proposedIdentity } from './identity.ts';
import type { IdentityKey } from './identity.ts';

/**
 * The value by which Insights tells this task's customer from others today, exactly as it stands in the attributes;
 * undefined where it would make a new customer of the conversation.
 *
 * Insights makes a customer of the first of these that a task has: `customers.external_id`, `customers.phone`,
 * `customers.email`, `from` or `to` by direction, `conversations.conversation_id`. The value alone counts, not the key it
 * stood under: an `external_id` of +12025550143 is the customer whom a call from +12025550143 made.
 * (https://www.twilio.com/docs/flex/developer/insights/enhance-integration, read 2026-11)
 */
export function insightsIdentity(attributes: TaskAttributes): string | undefined {
  return identityKinds.map((kind) => standing(attributes, kind)).find((value) => value !== undefined);
}

function standing(attributes: TaskAttributes, kind: IdentityKind): string | undefined {
  const customers = objectAt(attributes, 'customers');
  switch (kind) {
    case 'external_id':
      return textOf(customers['external_id']);
    case 'phone':
      return textOf(customers['phone']);
    case 'email':
      return textOf(customers['email']);
    case 'from_to':
      return textOf(attributes[attributes['direction'] === 'outbound' ? 'to' : 'from']);
    case 'conversation_id':
      return textOf(objectAt(attributes, 'conversations')['conversation_id']);
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** One task of the past, as it was and as the settings read it. */
export interface IdentitySample {
  readonly attributes: TaskAttributes;
  readonly keys: readonly IdentityKey[];
}

/** Counts of customers, not of tasks. */
export interface IdentitySplits {
  readonly tasks: number;
  /** Tasks that make a customer of their own, today and under the proposal: nothing says who it is. */
  readonly tasksOfNobody: number;
  readonly customersToday: number;
  readonly customersProposed: number;
  /** Customers of today of whom at least one task would go to another identity than the one their history is under. */
  readonly split: number;
  /** Customers of today who would share an identity with another customer of today. */
  readonly merged: number;
}

/**
 * What the proposed identity would have made of these tasks, in their order. Both numbers tell of histories that change
 * for good: a split leaves the old conversations under a customer of their own, a merge puts two histories into one.
 */
export function identitySplits(
  samples: readonly IdentitySample[],
  settings: Pick<IdentitySettings, 'sticky'>,
): IdentitySplits {
  const memory = new Map<string, string>();
  const judged = samples.map(({ attributes, keys }, place) => {
    const today = insightsIdentity(attributes);
    const proposed = settings.sticky ? rememberedIdentity(memory, keys) : proposedIdentity(keys);
    const nobody = `task ${place}`;
    return {
      today,
      proposed: proposed ?? today,
      todayName: today ?? nobody,
      proposedName: proposed ?? today ?? nobody,
    };
  });
  const known = judged.flatMap(({ today, proposed }) =>
    today === undefined || proposed === undefined ? [] : [{ today, proposed }],
  );
  const sharers = groupBy(known);
  return {
    tasks: samples.length,
    tasksOfNobody: judged.filter(({ today, proposed }) => today === undefined && proposed === undefined).length,
    customersToday: new Set(judged.map(({ todayName }) => todayName)).size,
    customersProposed: new Set(judged.map(({ proposedName }) => proposedName)).size,
    split: new Set(known.filter(({ today, proposed }) => today !== proposed).map(({ today }) => today)).size,
    merged: new Set([...sharers.values()].filter((of) => of.size > 1).flatMap((of) => [...of])).size,
  };
}

function rememberedIdentity(memory: Map<string, string>, keys: readonly IdentityKey[]): string | undefined {
  const names = keys.map(({ kind, value }) => `${kind}:${value}`);
  const identity = proposedIdentity(
    keys,
    names.map((name) => memory.get(name)),
  );
  if (identity !== undefined) for (const name of names) if (!memory.has(name)) memory.set(name, identity);
  return identity;
}

/** Which customers of today come under each proposed identity. */
function groupBy(
  known: readonly { readonly today: string; readonly proposed: string }[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { today, proposed } of known) groups.set(proposed, (groups.get(proposed) ?? new Set()).add(today));
  return groups;
}
