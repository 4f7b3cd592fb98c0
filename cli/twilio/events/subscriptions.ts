import * as z from 'zod/mini';
import type { Difference } from '../section.ts';
import { resourceAs } from '../resource-as.ts';
import type { TwilioRest } from '../twilio-rest.ts';

export const subscriptionsUrl = 'https://events.twilio.com/v1/Subscriptions';
const subscribedUrl = (sid: string): string => `${subscriptionsUrl}/${sid}/SubscribedEvents`;

/** Which events a sink gets. */
export interface Subscription {
  readonly sid: string;
  readonly sinkSid: string;
  readonly createdAt: string;
}

/** The types of a subscription, each with the version of its schema; undefined where Twilio says none. */
export type TypeVersions = ReadonlyMap<string, number | undefined>;

/** What is asked of a subscription. */
export interface WantedTypes {
  readonly types: readonly string[];
  readonly schemaVersion: number;
}

const subscriptionSchema = z.object({ sid: z.string(), sink_sid: z.string(), date_created: z.nullish(z.string()) });
const subscribedSchema = z.object({ type: z.string(), schema_version: z.nullish(z.number()) });

/** All of the account, the oldest first. */
export async function readSubscriptions(rest: TwilioRest): Promise<readonly Subscription[]> {
  const listed = await rest.list(subscriptionsUrl, 'subscriptions');
  return listed
    .map((resource) => resourceAs(subscriptionSchema, resource, subscriptionsUrl))
    .map(({ sid, sink_sid: sinkSid, date_created: createdAt }) => ({ sid, sinkSid, createdAt: createdAt ?? '' }))
    .sort((one, other) => (`${one.createdAt} ${one.sid}` < `${other.createdAt} ${other.sid}` ? -1 : 1));
}

export async function readTypes(rest: TwilioRest, sid: string): Promise<TypeVersions> {
  const listed = await rest.list(subscribedUrl(sid), 'types');
  const read = listed.map((resource) => resourceAs(subscribedSchema, resource, subscribedUrl(sid)));
  return new Map(read.map(({ type, schema_version: version }) => [type, version ?? undefined]));
}

/** What has to change of a subscription, a difference for each type. */
export function typeDifferences(there: TypeVersions, wanted: WantedTypes): readonly Difference[] {
  const to = versionText(wanted.schemaVersion);
  return [
    ...wanted.types.flatMap((field): readonly Difference[] => {
      if (!there.has(field)) return [{ field, to }];
      const version = there.get(field);
      return version === wanted.schemaVersion ? [] : [{ field, from: versionText(version), to }];
    }),
    ...[...there].flatMap(([field, version]) =>
      wanted.types.includes(field) ? [] : [{ field, from: versionText(version) }],
    ),
  ];
}

const versionText = (version: number | undefined): string =>
  version === undefined ? 'no version' : `schema version ${version}`;

/**
 * Brings a subscription's types to what is wanted: first those that are missing, so that at no moment it has none. Each
 * call stands by itself; a run that is broken off leaves the rest to the next.
 */
export async function setTypes(rest: TwilioRest, sid: string, wanted: WantedTypes): Promise<void> {
  const there = await readTypes(rest, sid);
  for (const type of wanted.types) {
    if (there.get(type) === wanted.schemaVersion) continue;
    const version = { SchemaVersion: String(wanted.schemaVersion) };
    if (there.has(type)) await rest.update(`${subscribedUrl(sid)}/${type}`, { form: version });
    else await rest.create(subscribedUrl(sid), { form: { Type: type, ...version } });
  }
  for (const type of there.keys()) if (!wanted.types.includes(type)) await rest.remove(`${subscribedUrl(sid)}/${type}`);
}
