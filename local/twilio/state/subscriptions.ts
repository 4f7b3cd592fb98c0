import { readJsonObject } from '../json.ts';
import type { Subscription } from './account-records.ts';
import type { EventStreamsType } from './event-types.ts';
import { eventType } from './event-types.ts';
import type { World } from './world.ts';

export interface SubscribedType {
  readonly type: string;
  readonly schemaVersion: number;
}

export function createSubscription(
  world: World,
  {
    sinkSid,
    description,
    types,
  }: { readonly sinkSid: string; readonly description: string; readonly types: readonly SubscribedType[] },
): Subscription {
  const now = world.clock.now();
  const subscription: Subscription = {
    ...{ sid: world.sids.next('DF'), sinkSid, description, createdAtMs: now, updatedAtMs: now },
    types: new Map(types.map(({ type, schemaVersion }) => [type, schemaVersion])),
  };
  world.subscriptions.set(subscription.sid, subscription);
  return subscription;
}

/** The one that the sink is in use by. */
export const subscriptionOf = (world: World, sinkSid: string): Subscription | undefined =>
  [...world.subscriptions.values()].find((one) => one.sinkSid === sinkSid);

/** What one `Types` field spells, or why it is refused. */
export function subscribedType(text: string): SubscribedType | string {
  const given = readJsonObject(text);
  if (given === undefined) return `Types must be JSON objects, not ${text}`;
  const unknown = Object.keys(given).filter((name) => !['type', 'schema_version'].includes(name));
  if (unknown.length > 0) return `A type of a subscription has no ${unknown.join(', ')} here`;
  const { type, schema_version: version } = given;
  if (typeof type !== 'string') return 'type must be given';
  return inVersion(type, version === undefined ? undefined : Number(version));
}

/** The type in that version, the latest unless given; or why there is none. */
export function inVersion(name: string, version: number | undefined): SubscribedType | string {
  const known: EventStreamsType | undefined = eventType(name);
  if (known === undefined) return `Event type ${name} does not exist`;
  const { latestVersion } = known;
  if (version !== undefined && !(Number.isInteger(version) && version >= 1 && version <= latestVersion))
    return `Schema version ${version} of ${name} does not exist`;
  return { type: name, schemaVersion: version ?? latestVersion };
}
