import { taskQueueSid, workerSid } from '../../../lambdas/shared/domain/sids.ts';
import { readJsonObject, type JsonObject } from '../json.ts';
import { byName, inWorkspace } from '../state/named-things.ts';
import type { Worker } from '../state/records.ts';
import type { Activity, TaskQueue, Workspace } from '../state/routing-records.ts';
import { createTaskQueue } from '../state/task-queues.ts';
import { queuesOf } from '../state/workflow-routing.ts';
import type { World } from '../state/world.ts';
import { badRequest, gone, notFound, ok, type Answer } from './answers.ts';
import { attributeExpression } from './attribute-expression.ts';
import { firstFault, missing, nameFault, numberFault, oneOf, refuseForm } from './form-checks.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';
import { nameIsTaken, workspaceRoute, workspaceUrl } from './workspace-path.ts';
import { orderOf } from './workspace-routes.ts';

const fields = [
  ...['FriendlyName', 'TargetWorkers', 'MaxReservedWorkers', 'TaskOrder'],
  ...['ReservationActivitySid', 'AssignmentActivitySid'],
];

/** `/v1/Workspaces/{WS}/TaskQueues`; one that a workflow names is not deleted. */
export function taskQueueRoutes(world: World): readonly Route[] {
  const one = (
    method: Route['method'],
    work: (queue: TaskQueue, workspace: Workspace, request: RestRequest) => Answer,
  ): Route =>
    workspaceRoute(world, method, '/TaskQueues/(WQ[0-9a-f]{32})', (workspace, request, [sid = '']) => {
      const queue = world.taskQueues.get(taskQueueSid(sid));
      return queue?.workspaceSid === workspace.sid ? work(queue, workspace, request) : notFound(request.path);
    });
  return [
    workspaceRoute(world, 'GET', '/TaskQueues', (workspace, request) => list(world, workspace, request)),
    workspaceRoute(world, 'POST', '/TaskQueues', (workspace, request) => create(world, workspace, request)),
    one('GET', (queue) => ok(queueResource(world, queue))),
    one('POST', (queue, workspace, request) => update(world, queue, workspace, request)),
    one('DELETE', (queue, { sid }) => {
      const user = inWorkspace(world.workflows, sid).find((flow) => queuesOf(flow.configuration).includes(queue.sid));
      if (user !== undefined)
        return badRequest(`TaskQueue ${queue.sid} cannot be deleted: workflow ${user.sid} uses it`);
      world.taskQueues.delete(queue.sid);
      return gone;
    }),
  ];
}

function list(world: World, { sid }: Workspace, request: RestRequest): Answer {
  const name = request.query.get('FriendlyName');
  const worker = request.query.get('WorkerSid');
  const attributes = request.query.get('EvaluateWorkerAttributes');
  const found = inWorkspace(world.taskQueues, sid)
    .filter((queue) => name === null || queue.name === name)
    .filter((queue) => attributes === null || serves(queue, readJsonObject(attributes) ?? {}))
    .filter((queue) => worker === null || servesWorker(world, queue, worker));
  const ordered = request.query.get('Ordering') === 'DateUpdated:desc' ? found.toReversed() : found;
  return metaPageAnswer(
    request,
    'task_queues',
    ordered.map((queue) => queueResource(world, queue)),
  );
}

function servesWorker(world: World, queue: TaskQueue, sid: string): boolean {
  const worker = workerSid.is(sid) ? world.workers.get(sid) : undefined;
  return worker !== undefined && serves(queue, attributesOf(worker));
}

/** What expressions about a worker are about: its attributes, and its own fields. */
export const attributesOf = (worker: Worker): JsonObject => ({
  ...readJsonObject(worker.attributes),
  ...{ sid: worker.sid, friendly_name: worker.name },
  ...{ activity_name: worker.activity.name, activity_sid: worker.activity.sid },
});

export function serves(queue: TaskQueue, attributes: JsonObject): boolean {
  const read = attributeExpression(queue.targetWorkers);
  return read.kind === 'expression' && read.matches(attributes);
}

function create(world: World, { sid }: Workspace, { form }: RestRequest): Answer {
  const name = form.get('FriendlyName');
  if (name === null) return missing('FriendlyName');
  const fault = fieldsFault(world, sid, form, undefined);
  if (fault !== undefined) return fault;
  const queue = createTaskQueue(world, sid, { name });
  store(world, queue, form);
  return ok(queueResource(world, queue), 201);
}

function update(world: World, queue: TaskQueue, { sid }: Workspace, { form }: RestRequest): Answer {
  const fault = fieldsFault(world, sid, form, queue);
  if (fault !== undefined) return fault;
  store(world, queue, form);
  queue.updatedAtMs = world.clock.now();
  return ok(queueResource(world, queue));
}

function fieldsFault(world: World, sid: Workspace['sid'], form: URLSearchParams, own?: TaskQueue): Answer | undefined {
  const name = form.get('FriendlyName');
  const namesake = name === null ? undefined : byName(world.taskQueues, sid, name);
  const target = form.get('TargetWorkers') ?? '';
  const expression = target === '' ? undefined : attributeExpression(target);
  const unknownActivity = (field: string): Answer | undefined =>
    activityIsThere(world, sid, form.get(field)) ? undefined : badRequest(`${field} is no activity of the workspace`);
  return firstFault(
    refuseForm(form, fields, []),
    name === null ? undefined : nameFault(name),
    // "Queue", not "TaskQueue", is Twilio's own word here.
    namesake === undefined || namesake === own ? undefined : nameIsTaken(world, 'Queue', name ?? '', sid),
    expression?.kind === 'not-understood' ? badRequest(`TargetWorkers: ${expression.why}`) : undefined,
    numberFault(form, 'MaxReservedWorkers', 1, 50),
    oneOf(form, 'TaskOrder', ['FIFO', 'LIFO']),
    unknownActivity('ReservationActivitySid'),
    unknownActivity('AssignmentActivitySid'),
  );
}

const activityIsThere = (world: World, workspace: string, sid: string | null): boolean =>
  sid === null || sid === '' || world.activities.get(sid)?.workspaceSid === workspace;

function store(world: World, queue: TaskQueue, form: URLSearchParams): void {
  const order = form.get('TaskOrder');
  queue.name = form.get('FriendlyName') ?? queue.name;
  queue.targetWorkers = form.get('TargetWorkers') ?? queue.targetWorkers;
  queue.maxReservedWorkers = Number(form.get('MaxReservedWorkers') ?? queue.maxReservedWorkers);
  if (order !== null) queue.taskOrder = orderOf(order);
  for (const [field, key] of [
    ['ReservationActivitySid', 'reservationActivity'],
    ['AssignmentActivitySid', 'assignmentActivity'],
  ] as const) {
    const sid = form.get(field);
    const activity = world.activities.get(sid ?? '');
    if (activity !== undefined) queue[key] = activity;
    else if (sid !== null) delete queue[key];
  }
}

function queueResource(world: World, queue: TaskQueue): JsonObject {
  const workspace = workspaceUrl(queue.workspaceSid);
  const url = `${workspace}/TaskQueues/${queue.sid}`;
  const { assignmentActivity: assignment, reservationActivity: reservation } = queue;
  const linkTo = (activity: Activity | undefined): string | null =>
    activity === undefined ? null : `${workspace}/Activities/${activity.sid}`;
  return {
    account_sid: world.accountSid,
    assignment_activity_sid: assignment?.sid ?? null,
    assignment_activity_name: assignment?.name ?? null,
    date_created: isoSeconds(queue.createdAtMs),
    date_updated: isoSeconds(queue.updatedAtMs),
    friendly_name: queue.name,
    max_reserved_workers: queue.maxReservedWorkers,
    reservation_activity_sid: reservation?.sid ?? null,
    reservation_activity_name: reservation?.name ?? null,
    sid: queue.sid,
    target_workers: queue.targetWorkers === '' ? null : queue.targetWorkers,
    task_order: queue.taskOrder,
    url,
    workspace_sid: queue.workspaceSid,
    links: {
      assignment_activity: linkTo(assignment),
      reservation_activity: linkTo(reservation),
      workspace,
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
      list_statistics: `${workspace}/TaskQueues/Statistics`,
      bulk_real_time_statistics: `${workspace}/TaskQueues/RealTimeStatistics`,
    },
  };
}
