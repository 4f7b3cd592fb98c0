import * as z from 'zod/mini';
import { resourceAs } from '../resource-as.ts';
import type { Resource, TwilioRest } from '../twilio-rest.ts';
import { shownUrl } from './pipeline-urls.ts';

export const sinksUrl = 'https://events.twilio.com/v1/Sinks';

/** Where Event Streams takes events to. */
export interface Sink {
  readonly sid: string;
  /** `initialized`, `validating`, `active`, `failed`. */
  readonly status: string;
  readonly description: string;
  readonly createdAt: string;
  /** Undefined where it is no webhook. */
  readonly webhook: WebhookSettings | undefined;
  /** For people: what it leads to. */
  readonly leadsTo: string;
}

interface WebhookSettings {
  readonly destination: string;
  readonly method: string;
  readonly isBatched: boolean;
}

const sinkSchema = z.object({
  sid: z.string(),
  status: z.string(),
  description: z.nullish(z.string()),
  sink_type: z.string(),
  sink_configuration: z.unknown(),
  date_created: z.nullish(z.string()),
});
const webhookSchema = z.object({
  destination: z.string(),
  method: z._default(z.string(), 'POST'),
  batch_events: z._default(z.union([z.boolean(), z.string()]), false),
});

/** All of the account, the oldest first. */
export async function readSinks(rest: TwilioRest): Promise<readonly Sink[]> {
  const sinks = (await rest.list(sinksUrl, 'sinks')).map(sinkOf);
  return sinks.sort((one, other) => compare(one.createdAt, other.createdAt) || compare(one.sid, other.sid));
}

/** @throws {RetryableError} for what is no sink. */
export function sinkOf(resource: Resource): Sink {
  const read = resourceAs(sinkSchema, resource, sinksUrl);
  const { data } = z.safeParse(webhookSchema, read.sink_configuration);
  const webhook =
    read.sink_type !== 'webhook' || data === undefined
      ? undefined
      : { destination: data.destination, method: data.method, isBatched: String(data.batch_events) === 'true' };
  return {
    sid: read.sid,
    status: read.status,
    description: read.description ?? '',
    createdAt: read.date_created ?? '',
    webhook,
    leadsTo: webhook === undefined ? `a ${read.sink_type} stream` : shownUrl(webhook.destination),
  };
}

/** Whether it takes events to this URL, in whatever way, and however the URL is spelt. */
export const leadsTo = ({ webhook }: Sink, destination: string): boolean =>
  webhook !== undefined && spelt(webhook.destination) === spelt(destination);

/** A host in capitals, the scheme's own port and a fragment lead to no other place. */
function spelt(text: string): string {
  const url = URL.parse(text);
  if (url === null) return text;
  url.hash = '';
  return url.href;
}

/** As the pipeline wants it: every event by itself, so that one that fails brings no other again. */
export const isAsWanted = ({ webhook }: Sink): boolean =>
  webhook !== undefined && webhook.method.toUpperCase() === 'POST' && !webhook.isBatched;

/**
 * The one by which events come, of those that lead to the pipeline, the oldest first: an active one that is subscribed
 * to something before any other active one, and that before the oldest. None that sends otherwise than it is wanted.
 */
export function usedSink(ours: readonly Sink[], isSubscribed: (sink: Sink) => boolean): Sink | undefined {
  const usable = ours.filter(isAsWanted);
  const active = usable.filter(({ status }) => status === 'active');
  return active.find(isSubscribed) ?? active[0] ?? usable[0];
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
