import type { JsonObject } from '../json.ts';
import type { Sink } from '../state/account-records.ts';
import {
  configurationJson,
  createSink,
  describeSink,
  sinkConfiguration,
  testSink,
  validateSink,
} from '../state/sinks.ts';
import { subscriptionOf } from '../state/subscriptions.ts';
import type { World } from '../state/world.ts';
import { badRequest, notFound, type Answer } from './answers.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import { refuseForm } from './form-checks.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

const host = 'https://events.twilio.com';
/** "100 sinks per account" (seen in use, read 2026-11). */
const MOST_SINKS = 100;

/** `/v1/Sinks` of Event Streams: webhooks alone; a kinesis, segment or email sink is refused. */
export function sinkRoutes(world: World): readonly Route[] {
  const one = (method: Route['method'], below: string, work: (sink: Sink, request: RestRequest) => Answer): Route => ({
    method,
    path: new RegExp(`^/v1/Sinks/(DG[0-9a-f]{32})${below}$`),
    handle(request, [sid = '']) {
      const sink = world.sinks.get(sid);
      return sink === undefined ? notFound(request.path) : work(sink, request);
    },
  });
  return [
    { method: 'GET', path: /^\/v1\/Sinks$/, handle: (request) => listSinks(world, request) },
    { method: 'POST', path: /^\/v1\/Sinks$/, handle: ({ form }) => create(world, form) },
    one('GET', '', (sink) => answerOf(sink)),
    one('POST', '', (sink, { form }) => update(world, sink, form)),
    one('DELETE', '', (sink) => remove(world, sink)),
    one('POST', '/Test', (sink, { form }) => {
      const refused = refuseForm(form, [], []);
      if (refused === undefined) testSink(world, sink);
      return refused ?? { kind: 'json', status: 201, json: { result: 'submitted' } };
    }),
    one('POST', '/Validate', (sink, { form }) => validate(world, sink, form)),
  ];
}

function listSinks(world: World, request: RestRequest): Answer {
  const [status, inUse] = [request.query.get('Status'), request.query.get('InUse')];
  const found = [...world.sinks.values()]
    .filter((sink) => status === null || sink.status === status)
    .filter((sink) => inUse === null || String(subscriptionOf(world, sink.sid) !== undefined) === inUse);
  return metaPageAnswer(request, 'sinks', found.map(sinkResource), { host, largestPageSize: 1000 });
}

function create(world: World, form: URLSearchParams): Answer {
  const fields = ['Description', 'SinkConfiguration', 'SinkType'];
  const refused = refuseForm(form, fields, fields);
  if (refused !== undefined) return refused;
  if (form.get('SinkType') !== 'webhook') return badRequest('SinkType must be webhook here');
  const configuration = sinkConfiguration(form.get('SinkConfiguration'));
  if (typeof configuration === 'string') return badRequest(configuration);
  if (world.sinks.size >= MOST_SINKS) return badRequest(`An account has ${MOST_SINKS} sinks at most`);
  return answerOf(createSink(world, configuration, form.get('Description') ?? ''), 201);
}

function update(world: World, sink: Sink, form: URLSearchParams): Answer {
  const refused = refuseForm(form, ['Description'], ['Description']);
  if (refused !== undefined) return refused;
  describeSink(world, sink, form.get('Description') ?? '');
  return answerOf(sink);
}

function remove(world: World, sink: Sink): Answer {
  if (subscriptionOf(world, sink.sid) !== undefined) return badRequest(`Sink with SID ${sink.sid} is in use`);
  world.sinks.delete(sink.sid);
  return { kind: 'empty', status: 204 };
}

function validate(world: World, sink: Sink, form: URLSearchParams): Answer {
  const refused = refuseForm(form, ['TestId'], ['TestId']);
  if (refused !== undefined) return refused;
  return validateSink(world, sink, form.get('TestId') ?? '')
    ? { kind: 'json', status: 201, json: { result: 'valid' } }
    : badRequest(`TestId is not that of the last test of sink ${sink.sid}`);
}

const answerOf = (sink: Sink, status = 200): Answer => ({ kind: 'json', status, json: sinkResource(sink) });

function sinkResource(sink: Sink): JsonObject {
  const url = `${host}/v1/Sinks/${sink.sid}`;
  return {
    sid: sink.sid,
    description: sink.description,
    sink_type: 'webhook',
    sink_configuration: configurationJson(sink.configuration),
    status: sink.status,
    date_created: isoSeconds(sink.createdAtMs),
    date_updated: isoSeconds(sink.updatedAtMs),
    url,
    links: { sink_test: `${url}/Test`, sink_validate: `${url}/Validate` },
  };
}
