import { codePointCount, maxValueCodePoints } from '../insights/code-points.ts';
import { isE164 } from '../e164.ts';
import type { TaskAttributes } from '../task-attributes.ts';
import { isObject } from '../task-attributes.ts';
import type { CanonicalTask } from '../task-shapes/canonical-task.ts';
import { isWithheld } from '../task-shapes/withheld-numbers.ts';
import { identityKinds } from './enrichment-config.ts';
import type { IdentityKind, IdentitySettings } from './enrichment-config.ts';

/**
 * Whom Insights takes the customer for, and whom it would by our own settings.
 *
 * Insights makes a customer of the first of these that a task has: `customers.external_id`, `customers.phone`,
 * `customers.email`, `from` or `to` by direction, `conversations.conversation_id`. The value alone counts, not the key it
 * stood under: an `external_id` of +12025550143 is the customer whom a call from +12025550143 made.
 * (https://www.twilio.com/docs/flex/developer/insights/enhance-integration, read 2026-11)
 */

/** Something that one person has and no other. `value` is normalised: E.164, a lower-case e-mail address, or the team's id. */
export interface IdentityKey {
  readonly kind: 'phone' | 'email' | 'external_id';
  readonly value: string;
}

/**
 * The keys that this customer may be known by, in the order of the settings, each once. `externalId` is what the
 * settings' expression gave. The conversation is no key: it says nothing about who the customer is.
 */
export function identityKeys(
  task: CanonicalTask,
  settings: IdentitySettings,
  externalId?: string,
): readonly IdentityKey[] {
  const keys = settings.order.flatMap((kind) => keyOf(kind, task, externalId) ?? []);
  return keys.filter((key, place) => keys.findIndex((other) => isSameKey(other, key)) === place);
}

function keyOf(kind: IdentityKind, task: CanonicalTask, externalId: string | undefined): IdentityKey | undefined {
  const { customer } = task;
  switch (kind) {
    case 'external_id':
      return key('external_id', externalId ?? customer.externalId);
    case 'phone':
      return key('phone', customer.phone);
    case 'email':
      return key('email', customer.email);
    case 'from_to':
      return contactKey(customerEnd(task));
    case 'conversation_id':
      return undefined;
  }
}

function customerEnd(task: CanonicalTask): string | undefined {
  return task.direction === 'outbound' ? task.to : task.from;
}

/**
 * An end of a call or message is a number, an address, or something that no person is known by, such as `client:ada` or
 * the number that carriers put where everybody's own is withheld.
 */
function contactKey(end: string | undefined): IdentityKey | undefined {
  if (end === undefined || isWithheld(end)) return undefined;
  if (isE164(end)) return key('phone', end);
  return /^[^@\s:]+@[^@\s]+$/.test(end) ? key('email', end.toLowerCase()) : undefined;
}

/** Insights refuses what it would have to cut, and one that was remembered would keep the customer's other keys from it. */
function key(kind: IdentityKey['kind'], text: string | undefined): IdentityKey | undefined {
  const value = text?.trim() ?? '';
  return value === '' || codePointCount(value) > maxValueCodePoints ? undefined : { kind, value };
}

function isSameKey(one: IdentityKey, other: IdentityKey): boolean {
  return one.kind === other.kind && one.value === other.value;
}

/**
 * The identity to propose for a customer with these keys. `remembered` holds, key by key, what the key first had: the
 * first that is remembered stays. Without a memory it is the first key's value; without a key it is nobody's, and
 * Insights falls back to the conversation.
 */
export function proposedIdentity(
  keys: readonly IdentityKey[],
  remembered: readonly (string | undefined)[] = [],
): string | undefined {
  return remembered.find((identity) => identity !== undefined) ?? keys[0]?.value;
}

/**
 * The value by which Insights tells this task's customer from others today, exactly as it stands in the attributes;
 * undefined where it would make a new customer of the conversation.
 */
export function insightsIdentity(
  attributes: TaskAttributes,
  order: readonly IdentityKind[] = identityKinds,
): string | undefined {
  return order.map((kind) => standing(attributes, kind)).find((value) => value !== undefined);
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

function objectAt(parent: TaskAttributes, name: string): TaskAttributes {
  const value = parent[name];
  return isObject(value) ? value : {};
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
