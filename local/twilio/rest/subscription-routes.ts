import type { JsonObject } from '../json.ts';
import type { Subscription } from '../state/account-records.ts';
import {
  createSubscription,
  inVersion,
  subscribedType,
  subscriptionOf,
  type SubscribedType,
} from '../state/subscriptions.ts';
import type { World } from '../state/world.ts';
import { badRequest, notFound, type Answer } from './answers.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer, wholeNumber } from './paging.ts';
import { refuseForm } from './form-checks.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

const paged = { host: 'https://events.twilio.com', largestPageSize: 1000 };

/** `/v1/Subscriptions` of Event Streams and, below them, `SubscribedEvents`. */
export function subscriptionRoutes(world: World): readonly Route[] {
  const one = (
    method: Route['method'],
    below: string,
    work: (subscription: Subscription, request: RestRequest, type: string) => Answer,
  ): Route => ({
    method,
    path: new RegExp(`^/v1/Subscriptions/(DF[0-9a-f]{32})${below}$`),
    handle(request, [sid = '', type = '']) {
      const subscription = world.subscriptions.get(sid);
      return subscription === undefined ? notFound(request.path) : work(subscription, request, type);
    },
  });
  return [
    { method: 'GET', path: /^\/v1\/Subscriptions$/, handle: (request) => listSubscriptions(world, request) },
    { method: 'POST', path: /^\/v1\/Subscriptions$/, handle: ({ form }) => create(world, form) },
    one('GET', '', (subscription) => answerOf(world, subscription)),
    one('POST', '', (subscription, { form }) => update(world, subscription, form)),
    one('DELETE', '', ({ sid }) => {
      world.subscriptions.delete(sid);
      return { kind: 'empty', status: 204 };
    }),
    one('GET', '/SubscribedEvents', (subscription, request) => {
      const items = [...subscription.types.keys()].map((type) => typeResource(world, subscription, type));
      return metaPageAnswer(request, 'types', items, paged);
    }),
    one('POST', '/SubscribedEvents', (subscription, { form }) => subscribe(world, subscription, form)),
    one('GET', '/SubscribedEvents/([^/]+)', (subscription, { path }, type) =>
      subscription.types.has(type) ? typeAnswer(world, subscription, type) : notFound(path),
    ),
    one('POST', '/SubscribedEvents/([^/]+)', (subscription, { form, path }, type) =>
      subscription.types.has(type) ? setVersion(world, subscription, type, form) : notFound(path),
    ),
    one('DELETE', '/SubscribedEvents/([^/]+)', (subscription, { path }, type) =>
      subscription.types.delete(type) ? { kind: 'empty', status: 204 } : notFound(path),
    ),
  ];
}

function listSubscriptions(world: World, request: RestRequest): Answer {
  const sinkSid = request.query.get('SinkSid');
  const found = [...world.subscriptions.values()].filter((one) => sinkSid === null || one.sinkSid === sinkSid);
  const items = found.map((subscription) => subscriptionResource(world, subscription));
  return metaPageAnswer(request, 'subscriptions', items, paged);
}

function create(world: World, form: URLSearchParams): Answer {
  const fields = ['Description', 'SinkSid', 'Types'];
  const refused = refuseForm(form, fields, fields);
  if (refused !== undefined) return refused;
  const sink = world.sinks.get(form.get('SinkSid') ?? '');
  if (sink === undefined) return badRequest('SinkSid names no sink');
  if (sink.status !== 'active') return badRequest(`Sink with SID ${sink.sid} is not active but ${sink.status}`);
  if (subscriptionOf(world, sink.sid) !== undefined) return badRequest(`Sink with SID ${sink.sid} is in use`);
  const types: SubscribedType[] = [];
  for (const text of form.getAll('Types')) {
    const type = subscribedType(text);
    if (typeof type === 'string') return badRequest(type);
    types.push(type);
  }
  const description = form.get('Description') ?? '';
  return answerOf(world, createSubscription(world, { sinkSid: sink.sid, description, types }), 201);
}

function update(world: World, subscription: Subscription, form: URLSearchParams): Answer {
  const refused = refuseForm(form, ['Description'], []);
  if (refused !== undefined) return refused;
  subscription.description = form.get('Description') ?? subscription.description;
  subscription.updatedAtMs = world.clock.now();
  return answerOf(world, subscription);
}

/** A type that is subscribed to already is answered with 200, whatever its version was. */
function subscribe(world: World, subscription: Subscription, form: URLSearchParams): Answer {
  const type = form.get('Type') ?? '';
  const status = subscription.types.has(type) ? 200 : 201;
  return refuseForm(form, ['Type', 'SchemaVersion'], ['Type']) ?? setType(world, subscription, { type, form, status });
}

function setVersion(world: World, subscription: Subscription, type: string, form: URLSearchParams): Answer {
  return refuseForm(form, ['SchemaVersion'], []) ?? setType(world, subscription, { type, form, status: 200 });
}

function setType(
  world: World,
  subscription: Subscription,
  { type, form, status }: { readonly type: string; readonly form: URLSearchParams; readonly status: number },
): Answer {
  const text = form.get('SchemaVersion');
  const wanted = inVersion(type, text === null ? undefined : wholeNumber(text, 0));
  if (typeof wanted === 'string') return badRequest(wanted);
  subscription.types.set(type, wanted.schemaVersion);
  return typeAnswer(world, subscription, type, status);
}

const urlOf = ({ sid }: Subscription): string => `${paged.host}/v1/Subscriptions/${sid}`;

function answerOf(world: World, subscription: Subscription, status = 200): Answer {
  return { kind: 'json', status, json: subscriptionResource(world, subscription) };
}

function subscriptionResource(world: World, subscription: Subscription): JsonObject {
  return {
    account_sid: world.accountSid,
    sid: subscription.sid,
    sink_sid: subscription.sinkSid,
    description: subscription.description,
    date_created: isoSeconds(subscription.createdAtMs),
    date_updated: isoSeconds(subscription.updatedAtMs),
    url: urlOf(subscription),
    links: { subscribed_events: `${urlOf(subscription)}/SubscribedEvents` },
  };
}

function typeAnswer(world: World, subscription: Subscription, type: string, status = 200): Answer {
  return { kind: 'json', status, json: typeResource(world, subscription, type) };
}

function typeResource(world: World, subscription: Subscription, type: string): JsonObject {
  return {
    account_sid: world.accountSid,
    subscription_sid: subscription.sid,
    type,
    schema_version: subscription.types.get(type) ?? null,
    url: `${urlOf(subscription)}/SubscribedEvents/${type}`,
  };
}
