import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import type { SectionNeeds } from '../section-needs.ts';
import type { Change, SectionPlan } from '../section.ts';
import { pruneProblems } from '../prune-typed.ts';
import { isNamedSink, sinkNames, sinkRemoval, twiceWarnings, unmanagedSink } from './other-sinks.ts';
import type { PipelineUrls } from './pipeline-urls.ts';
import { proveSink } from './prove-sink.ts';
import { leadsTo, readSinks, sinkOf, sinksUrl, usedSink } from './sinks.ts';
import type { Sink } from './sinks.ts';
import { classicName } from './subscribed-types.ts';
import { readSubscriptions, readTypes, setTypes, subscriptionsUrl, typeDifferences } from './subscriptions.ts';
import type { Subscription, WantedTypes } from './subscriptions.ts';

type Needs = Pick<SectionNeeds<unknown>, 'account' | 'typed' | 'prune' | 'pause' | 'tell'>;

/** What this run has come to know of the sink: made and proved by one change, subscribed to by the next. */
interface OwnSink {
  there: Pick<Sink, 'sid' | 'status'> | undefined;
  proof: 'none' | 'failed' | 'given';
}

/**
 * Event Streams as it shall be: one webhook to the pipeline, with one subscription. With `wanted` undefined, nothing is
 * wanted and all sinks are others'.
 */
export async function planEventStreams(
  has: Needs,
  urls: PipelineUrls,
  wanted: WantedTypes | undefined,
): Promise<SectionPlan> {
  const { rest } = has.account;
  const [sinks, subscriptions] = [await readSinks(rest), await readSubscriptions(rest)];
  const isNamed = (sink: Sink): boolean => isNamedSink(has.prune, sink);
  const ours = sinks.filter((sink) => leadsTo(sink, urls.eventStreams));
  const isSubscribed = ({ sid }: Sink): boolean => subscriptions.some(({ sinkSid }) => sinkSid === sid);
  const chosen =
    wanted === undefined
      ? undefined
      : usedSink(
          ours.filter((sink) => !isNamed(sink)),
          isSubscribed,
        );
  const others = sinks.filter((sink) => sink !== chosen);
  const [subscription] = subscriptions.filter(({ sinkSid }) => sinkSid === chosen?.sid);
  return {
    changes: [
      ...(wanted === undefined ? [] : await ownChanges(has, urls, { wanted, chosen, subscription })),
      ...others.filter(isNamed).map((one) => sinkRemoval(rest, one, subscriptions)),
    ],
    unmanaged: others.filter((one) => !isNamed(one)).map(unmanagedSink),
    warnings: wanted === undefined ? [] : twiceWarnings(ours, chosen),
    problems: pruneProblems(has.prune, 'sink', sinks.map(sinkNames)),
  };
}

async function ownChanges(
  has: Needs,
  urls: PipelineUrls,
  {
    wanted,
    chosen,
    subscription,
  }: {
    readonly wanted: WantedTypes;
    readonly chosen: Sink | undefined;
    readonly subscription: Subscription | undefined;
  },
): Promise<readonly Change[]> {
  const own: OwnSink = { there: chosen, proof: 'none' };
  return [
    ...sinkChanges(has, urls, chosen, own),
    ...(subscription === undefined
      ? [newSubscription(has, urls, wanted, own)]
      : await subscriptionChanges(has, urls, wanted, subscription)),
  ];
}

function sinkChanges(has: Needs, urls: PipelineUrls, chosen: Sink | undefined, own: OwnSink): readonly Change[] {
  const { eventStreams: name } = urls;
  if (chosen === undefined) {
    const fields = { destination: name, method: 'POST', batch_events: 'false', status: 'active' };
    const differences = Object.entries(fields).map(([field, to]) => ({ field, to }));
    const make = async (): Promise<void> => {
      own.there = sinkOf(await has.account.rest.create(sinksUrl, { form: newSinkForm(name) }));
      await prove(has, urls, own);
    };
    return [{ action: 'create', kind: 'sink', name, differences, how: { kind: 'make', make } }];
  }
  if (chosen.status === 'active') return [];
  const differences = [{ field: 'status', from: chosen.status, to: 'active' }];
  return [
    {
      action: 'update',
      kind: 'sink',
      name,
      differences,
      how: { kind: 'make', make: async () => void (await prove(has, urls, own)) },
    },
  ];
}

function newSinkForm(destination: string) {
  return {
    Description: `Flex task pipeline at ${new URL(destination).host}: TaskRouter's events`,
    SinkType: 'webhook',
    SinkConfiguration: JSON.stringify({ destination, method: 'POST', batch_events: false }),
  };
}

/**
 * No event is subscribed to before a test has shown that it would arrive. Twilio may call a sink active that never had
 * one; without a pipeline that knows the test's id, that has to do.
 */
async function prove(has: Needs, { eventStreams }: PipelineUrls, own: OwnSink): Promise<string> {
  if (own.there === undefined || own.proof === 'failed')
    throw new CannotBeMadeError(`there is no sink to ${eventStreams} that works: its own change has to be made first`);
  const { sid, status } = own.there;
  const isKnown = has.account.pipeline !== undefined && !has.typed.texts.has('test-id');
  if (own.proof === 'given' || (status === 'active' && !isKnown)) return sid;
  own.proof = 'failed';
  await proveSink(has, sid, eventStreams);
  const proved = (await readSinks(has.account.rest)).find((sink) => sink.sid === sid);
  if (proved?.status !== 'active')
    throw new CannotBeMadeError(
      `the test event of sink ${sid} came through, and Twilio calls it ${proved?.status ?? 'gone'} all the same: --prune sink/${sid} makes a new one in its place`,
    );
  own.proof = 'given';
  return sid;
}

function newSubscription(has: Needs, urls: PipelineUrls, { types, schemaVersion }: WantedTypes, own: OwnSink): Change {
  const make = async (): Promise<void> => {
    const sinkSid = await prove(has, urls, own);
    await has.account.rest.create(subscriptionsUrl, {
      form: {
        Description: `Flex task pipeline at ${new URL(urls.base).host}: TaskRouter's events`,
        SinkSid: sinkSid,
        Types: types.map((type) => JSON.stringify({ type, schema_version: schemaVersion })),
      },
    });
  };
  return {
    action: 'create',
    kind: 'subscription',
    name: urls.eventStreams,
    differences: [
      { field: 'types', to: types.map(classicName).join(', ') },
      { field: 'schema_version', to: String(schemaVersion) },
    ],
    how: { kind: 'make', make },
  };
}

async function subscriptionChanges(
  { account: { rest } }: Needs,
  urls: PipelineUrls,
  wanted: WantedTypes,
  { sid }: Subscription,
): Promise<readonly Change[]> {
  const differences = typeDifferences(await readTypes(rest, sid), wanted);
  if (differences.length === 0) return [];
  const make = (): Promise<void> => setTypes(rest, sid, wanted);
  return [
    { action: 'update', kind: 'subscription', name: urls.eventStreams, differences, how: { kind: 'make', make } },
  ];
}
