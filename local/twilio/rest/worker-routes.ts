import { workerSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../json.ts';
import { attributesFault, sameEtag } from '../state/attributes.ts';
import { byName, inWorkspace } from '../state/named-things.ts';
import type { Worker } from '../state/records.ts';
import { endOffer } from '../state/reservation-life.ts';
import type { Activity, Workspace } from '../state/routing-records.ts';
import {
  dismissWorker,
  hireWorker,
  moveToActivity,
  renameWorker,
  storeWorkerAttributes,
} from '../state/worker-life.ts';
import type { World } from '../state/world.ts';
import { badRequest, errorAnswer, gone, notFound, type Answer } from './answers.ts';
import { attributeExpression } from './attribute-expression.ts';
import { firstFault, isTrue, missing, nameFault, refuseForm } from './form-checks.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';
import { attributesOf, serves } from './task-queue-routes.ts';
import { nameIsTaken, workspaceRoute, workspaceUrl } from './workspace-path.ts';

/** `/v1/Workspaces/{WS}/Workers`: list, create, fetch, update and delete. */
export function workerRoutes(world: World): readonly Route[] {
  const one = (
    method: Route['method'],
    work: (worker: Worker, workspace: Workspace, request: RestRequest) => Answer,
  ): Route =>
    workspaceRoute(world, method, '/Workers/(WK[0-9a-f]{32})', (workspace, request, [sid = '']) => {
      const worker = world.workers.get(workerSid(sid));
      return worker?.workspaceSid === workspace.sid ? work(worker, workspace, request) : notFound(request.path);
    });
  return [
    workspaceRoute(world, 'GET', '/Workers', (workspace, request) => listWorkers(world, workspace, request)),
    workspaceRoute(world, 'POST', '/Workers', (workspace, request) => create(world, workspace, request)),
    one('GET', (worker) => workerAnswer(world, worker)),
    one(
      'POST',
      (worker, workspace, request) => refuseOldEtag(worker, request) ?? update(world, worker, workspace, request),
    ),
    one('DELETE', (worker, _workspace, request) => refuseOldEtag(worker, request) ?? remove(world, worker)),
  ];
}

/** An expression may also name the worker's own fields (twilio.com/docs/taskrouter/api/worker, read 2026-11). */
function listWorkers(world: World, { sid }: Workspace, request: RestRequest): Answer {
  const { query } = request;
  const asked = attributeExpression(query.get('TargetWorkersExpression'));
  if (asked.kind === 'not-understood') return badRequest(asked.why);
  const is = (field: string, value: string): boolean => !query.has(field) || query.get(field) === value;
  const available = query.get('Available');
  const queues = inWorkspace(world.taskQueues, sid).filter(
    (queue) => query.get('TaskQueueSid') === queue.sid || query.get('TaskQueueName') === queue.name,
  );
  const asksForQueue = query.has('TaskQueueSid') || query.has('TaskQueueName');
  const found = inWorkspace(world.workers, sid)
    .filter((worker) => is('FriendlyName', worker.name))
    .filter(({ activity }) => is('ActivitySid', activity.sid) && is('ActivityName', activity.name))
    .filter(({ activity }) => available === null || activity.available === isTrue(available))
    .filter((worker) => !asksForQueue || queues.some((queue) => serves(queue, attributesOf(worker))))
    .filter((worker) => asked.matches(attributesOf(worker)));
  return metaPageAnswer(
    request,
    'workers',
    found.map((worker) => workerResource(world, worker)),
  );
}

function create(world: World, workspace: Workspace, { form }: RestRequest): Answer {
  const name = form.get('FriendlyName');
  if (name === null) return missing('FriendlyName');
  const fault = firstFault(
    refuseForm(form, ['FriendlyName', 'ActivitySid', 'Attributes'], []),
    fieldsFault(world, workspace, form, undefined),
  );
  if (fault !== undefined) return fault;
  const activity = activityOf(world, form) ?? workspace.defaultActivity;
  const worker = hireWorker(world, workspace.sid, { name, activity, attributes: form.get('Attributes') ?? '{}' });
  return { ...workerAnswer(world, worker), status: 201 };
}

/** `If-Match` is a parameter of update and delete in Twilio's OpenAPI description (read 2026-11). */
function refuseOldEtag(worker: Worker, { ifMatch }: RestRequest): Answer | undefined {
  if (ifMatch === undefined || ifMatch === '*' || sameEtag(ifMatch, etagOf(worker))) return undefined;
  return errorAnswer(412, 20412, 'Precondition Failed');
}

function update(world: World, worker: Worker, workspace: Workspace, { form }: RestRequest): Answer {
  const fault = firstFault(
    refuseForm(form, ['FriendlyName', 'ActivitySid', 'Attributes', 'RejectPendingReservations'], []),
    fieldsFault(world, workspace, form, worker),
  );
  if (fault !== undefined) return fault;
  const name = form.get('FriendlyName');
  const attributes = form.get('Attributes');
  const activity = activityOf(world, form);
  if (name !== null && name !== worker.name) renameWorker(world, worker, name);
  if (attributes !== null) storeWorkerAttributes(world, worker, attributes);
  if (activity !== undefined && activity !== worker.activity) moveToActivity(world, worker, activity);
  if (isTrue(form.get('RejectPendingReservations') ?? '') && !worker.activity.available)
    for (const { sid } of pendingOf(world, worker)) endOffer(world, sid, 'rejected');
  return workerAnswer(world, worker);
}

const pendingOf = (world: World, worker: Worker) =>
  [...world.reservations.values()].filter(({ workerSid: sid, status }) => sid === worker.sid && status === 'pending');

/** That a worker with work on hand cannot be deleted is a guess: no document says what becomes of the work. */
function remove(world: World, worker: Worker): Answer {
  const hasWork = [...world.reservations.values()].some(
    ({ workerSid: sid, status }) => sid === worker.sid && ['pending', 'accepted', 'wrapping'].includes(status),
  );
  if (hasWork) return badRequest(`Worker ${worker.sid} cannot be deleted: it has open reservations`);
  dismissWorker(world, worker);
  return gone;
}

function fieldsFault(
  world: World,
  { sid }: Workspace,
  form: URLSearchParams,
  own: Worker | undefined,
): Answer | undefined {
  const name = form.get('FriendlyName');
  const namesake = name === null ? undefined : byName(world.workers, sid, name);
  const attributes = form.get('Attributes');
  const why = attributes === null ? undefined : attributesFault(attributes);
  const activity = form.get('ActivitySid');
  return firstFault(
    name === null ? undefined : nameFault(name),
    namesake === undefined || namesake === own ? undefined : nameIsTaken(world, 'Worker', name ?? '', sid),
    why === undefined ? undefined : badRequest(why),
    activity === null || world.activities.get(activity)?.workspaceSid === sid
      ? undefined
      : badRequest('ActivitySid is no activity of the workspace'),
  );
}

const activityOf = (world: World, form: URLSearchParams): Activity | undefined =>
  world.activities.get(form.get('ActivitySid') ?? '');

const etagOf = (worker: Worker): string => `"${worker.version}"`;

const workerAnswer = (world: World, worker: Worker): Answer & { kind: 'json' } => ({
  kind: 'json',
  status: 200,
  headers: { ETag: etagOf(worker) },
  json: workerResource(world, worker),
});

function workerResource(world: World, worker: Worker): JsonObject {
  const workspace = workspaceUrl(worker.workspaceSid);
  const url = `${workspace}/Workers/${worker.sid}`;
  return {
    account_sid: world.accountSid,
    activity_name: worker.activity.name,
    activity_sid: worker.activity.sid,
    attributes: worker.attributes,
    available: worker.activity.available,
    date_created: isoSeconds(worker.createdAtMs),
    date_status_changed: isoSeconds(worker.activitySinceMs),
    date_updated: isoSeconds(worker.updatedAtMs),
    friendly_name: worker.name,
    sid: worker.sid,
    workspace_sid: worker.workspaceSid,
    url,
    links: {
      channels: `${url}/Channels`,
      activity: `${workspace}/Activities/${worker.activity.sid}`,
      workspace,
      statistics: `${workspace}/Workers/Statistics`,
      real_time_statistics: `${workspace}/Workers/RealTimeStatistics`,
      cumulative_statistics: `${workspace}/Workers/CumulativeStatistics`,
      worker_statistics: `${url}/Statistics`,
      worker_channels: `${url}/Channels`,
      reservations: `${url}/Reservations`,
    },
  };
}
