import { workerSid } from '../../../lambdas/shared/domain/sids.ts';
import { readJsonObject, type JsonObject } from '../json.ts';
import { attributesFault, sameEtag } from '../state/attributes.ts';
import type { Worker } from '../state/records.ts';
import { storeWorkerAttributes } from '../state/worker-life.ts';
import type { World } from '../state/world.ts';
import { badRequest, errorAnswer, notFound, type Answer } from './answers.ts';
import { attributeExpression } from './attribute-expression.ts';
import { metaPageAnswer } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

/** `/v1/Workspaces/{WS}/Workers`: list, fetch, and update of the attributes alone. */
export function workerRoutes(world: World): readonly Route[] {
  const workers = `^/v1/Workspaces/${world.workspaceSid}/Workers`;
  const one = new RegExp(`${workers}/(WK[0-9a-f]{32})$`);
  const route = (method: 'GET' | 'POST', work: (worker: Worker, request: RestRequest) => Answer): Route => ({
    method,
    path: one,
    handle(request, [sid = '']) {
      const worker = world.workers.get(workerSid(sid));
      return worker === undefined ? notFound(request.path) : work(worker, request);
    },
  });
  return [
    { method: 'GET', path: new RegExp(`${workers}$`), handle: (request) => listWorkers(world, request) },
    route('GET', (worker) => workerAnswer(world, worker)),
    route('POST', (worker, request) => updateWorker(world, worker, request)),
  ];
}

/** An expression may also name the worker's own fields (twilio.com/docs/taskrouter/api/worker, read 2026-11). */
function listWorkers(world: World, request: RestRequest): Answer {
  const asked = attributeExpression(request.query.get('TargetWorkersExpression'));
  if (asked.kind === 'not-understood') return badRequest(asked.why);
  const found = [...world.workers.values()].filter((worker) =>
    asked.matches({
      ...readJsonObject(worker.attributes),
      ...{ sid: worker.sid, friendly_name: worker.name, activity_name: worker.activity },
    }),
  );
  return metaPageAnswer(
    request,
    'workers',
    found.map((worker) => workerResource(world, worker)),
  );
}

/** `If-Match` is a parameter of this operation in Twilio's OpenAPI description (read 2026-11). */
function updateWorker(world: World, worker: Worker, { form, ifMatch }: RestRequest): Answer {
  if (ifMatch !== undefined && ifMatch !== '*' && !sameEtag(ifMatch, etagOf(worker)))
    return errorAnswer(412, 20412, 'Precondition Failed');
  const attributes = form.get('Attributes');
  const others = [...form.keys()].filter((name) => name !== 'Attributes');
  if (attributes === null || others.length > 0)
    return badRequest(`Of a worker only Attributes can be updated here, not ${others.join(', ') || 'nothing'}`);
  const fault = attributesFault(attributes);
  if (fault !== undefined) return badRequest(fault);
  storeWorkerAttributes(world, worker, attributes);
  return workerAnswer(world, worker);
}

const etagOf = (worker: Worker): string => `"${worker.version}"`;

const workerAnswer = (world: World, worker: Worker): Answer => ({
  kind: 'json',
  status: 200,
  headers: { ETag: etagOf(worker) },
  json: workerResource(world, worker),
});

function workerResource(world: World, worker: Worker): JsonObject {
  const iso = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const workspaceUrl = `https://taskrouter.twilio.com/v1/Workspaces/${world.workspaceSid}`;
  const url = `${workspaceUrl}/Workers/${worker.sid}`;
  const activitySid = world.sids.named('WA', worker.activity);
  return {
    account_sid: world.accountSid,
    activity_name: worker.activity,
    activity_sid: activitySid,
    attributes: worker.attributes,
    available: worker.activity === 'Available',
    date_created: iso(worker.createdAtMs),
    date_status_changed: iso(worker.activitySinceMs),
    date_updated: iso(worker.updatedAtMs),
    friendly_name: worker.name,
    sid: worker.sid,
    workspace_sid: world.workspaceSid,
    url,
    links: {
      channels: `${url}/Channels`,
      activity: `${workspaceUrl}/Activities/${activitySid}`,
      workspace: workspaceUrl,
      worker_statistics: `${url}/Statistics`,
      reservations: `${url}/Reservations`,
    },
  };
}
