import type { SectionNeeds } from '../section-needs.ts';
import { eventFeatures } from './event-features.ts';
import type { EventFeature } from './event-features.ts';
import type { EventsSettings } from './events-settings.ts';
import { readFlexWebhook } from './flex-recording-webhook.ts';
import { isOurs, pipelineUrls } from './pipeline-urls.ts';
import type { PipelineUrls } from './pipeline-urls.ts';
import { isAsWanted, leadsTo, readSinks } from './sinks.ts';
import { classicName, subscribedTypes, typesFor } from './subscribed-types.ts';
import { readSubscriptions, readTypes } from './subscriptions.ts';
import { callbackOf } from './workspace-callback.ts';

/** What an account has of a section; `settings` is undefined where that is nothing. */
export interface Exported<Settings> {
  readonly settings: Settings | undefined;
  /** What could not be written down, a line each. */
  readonly warnings: readonly string[];
}

/** How the account's events come to the pipeline now, as the `events` of a configuration. */
export async function exportEvents({
  account,
  workspace,
}: Pick<SectionNeeds<unknown>, 'account' | 'workspace'>): Promise<Exported<EventsSettings>> {
  if (account.publicUrl === undefined)
    return {
      settings: undefined,
      warnings: [
        "events are left out: the pipeline's public URL is not known; name --stage or --data, or give --public-url",
      ],
    };
  const urls = pipelineUrls(account.publicUrl);
  const streamed = await streamedTypes(account, urls);
  const called = await calledTypes(workspace, urls);
  const webhook = (await readFlexWebhook(account.rest))?.webhook;
  const flexRecordingWebhook = webhook !== undefined && isOurs(urls, webhook);
  const transport = transportOf(streamed, called);
  const { features, warnings } = featuresOf([...new Set([...(streamed ?? []), ...(called ?? [])])]);
  if (transport === 'none' && !flexRecordingWebhook) return { settings: undefined, warnings: [] };
  return { settings: { transport, features: [...features], flexRecordingWebhook }, warnings };
}

type Account = SectionNeeds<unknown>['account'];

async function streamedTypes({ rest }: Account, urls: PipelineUrls): Promise<readonly string[] | undefined> {
  const ours = (await readSinks(rest)).filter((sink) => leadsTo(sink, urls.eventStreams) && isAsWanted(sink));
  const subscriptions = await readSubscriptions(rest);
  const own = subscriptions.find(({ sinkSid }) => ours.some(({ sid }) => sid === sinkSid));
  return own && [...(await readTypes(rest, own.sid)).keys()];
}

async function calledTypes(
  workspace: SectionNeeds<unknown>['workspace'],
  urls: PipelineUrls,
): Promise<readonly string[] | undefined> {
  const found = await workspace();
  const there = found && callbackOf(found);
  if (there?.url === undefined || !isOurs(urls, there.url)) return undefined;
  const all = subscribedTypes().types.map(({ type }) => type);
  return there.filter.length === 0 ? all : all.filter((type) => there.filter.includes(classicName(type)));
}

function transportOf(
  streamed: readonly string[] | undefined,
  called: readonly string[] | undefined,
): EventsSettings['transport'] {
  if (streamed !== undefined) return called === undefined ? 'event-streams' : 'both';
  return called === undefined ? 'none' : 'workspace-callback';
}

/** Those of which no type is missing; all of them where that is none, so that the plan names what is missing. */
function featuresOf(types: readonly string[]): {
  readonly features: readonly EventFeature[];
  readonly warnings: readonly string[];
} {
  const file = subscribedTypes();
  const whole = eventFeatures.filter((feature) => typesFor(file, [feature]).every((type) => types.includes(type)));
  const features = whole.length === 0 ? eventFeatures : whole;
  const wanted = typesFor(file, features);
  const isSame = wanted.length === types.length && types.every((type) => wanted.includes(type));
  return {
    features,
    warnings: isSame
      ? []
      : ['the account has other types of events than the features that were written down: twilio plan names them'],
  };
}
