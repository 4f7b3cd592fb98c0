import { codePointCount, maxValueCodePoints } from '../insights/code-points.ts';
import { isE164 } from '../e164.ts';
import type { CanonicalTask } from '../task-shapes/canonical-task.ts';
import { isWithheld } from '../task-shapes/withheld-numbers.ts';
import type { IdentityKind, IdentitySettings } from './enrichment-config.ts';

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

function customerEnd({ direction, from, to }: Pick<CanonicalTask, 'direction' | 'from' | 'to'>): string | undefined {
  return direction === 'outbound' ? to : from;
}

/**
 * The key of whoever was on the other side of a call that no task is known of: a number, or nobody. Whose call it was is
 * not known where its direction is not.
 */
export function callerKey(call: Pick<CanonicalTask, 'direction' | 'from' | 'to'>): IdentityKey | undefined {
  return call.direction === undefined ? undefined : contactKey(customerEnd(call));
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
