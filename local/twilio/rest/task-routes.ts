import { taskSid } from '../../../lambdas/shared/domain/sids.ts';
import { emitTaskEvent } from '../events/emit.ts';
import type { JsonObject } from '../json.ts';
import { attributesFault, sameEtag, storeAttributes } from '../state/attributes.ts';
import type { Task } from '../state/records.ts';
import { wrapUp } from '../state/reservation-life.ts';
import type { TaskChannel } from '../state/routing-records.ts';
import { findTaskChannel } from '../state/task-channels.ts';
import { cancelTask, completeTask, deleteTask } from '../state/task-life.ts';
import { etagOf, liveTask, touch } from '../state/task.ts';
import type { World } from '../state/world.ts';
import { badRequest, errorAnswer, notFound, type Answer } from './answers.ts';
import { firstFault, numberFault, refuseForm } from './form-checks.ts';
import { isoSeconds } from './iso-seconds.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';
import { workspaceUrl } from './workspace-path.ts';

/** `/v1/Workspaces/{WS}/Tasks/{WT}`: fetch, update, delete. */
export function taskRoutes(world: World): readonly Route[] {
  const path = /^\/v1\/Workspaces\/(WS[0-9a-f]{32})\/Tasks\/(WT[0-9a-f]{32})$/;
  const route = (method: Route['method'], work: (task: Task, request: RestRequest) => Answer): Route => ({
    method,
    path,
    handle(request, [workspace = '', sid = '']) {
      const task = liveTask(world, taskSid(sid));
      if (task === undefined || task.workspaceSid !== workspace) return notFound(request.path);
      return work(task, request);
    },
  });
  return [
    route('GET', (task) => taskAnswer(world, task)),
    route('POST', (task, request) => refuseOldEtag(task, request) ?? updateTask(world, task, request)),
    route('DELETE', (task, request) => refuseOldEtag(task, request) ?? removeTask(world, task)),
  ];
}

/** twilio.com/docs/api/errors/20412, read 2026-11. */
function refuseOldEtag(task: Task, request: RestRequest): Answer | undefined {
  if (request.ifMatch === undefined || request.ifMatch === '*' || sameEtag(request.ifMatch, etagOf(task)))
    return undefined;
  return errorAnswer(412, 20412, 'Precondition Failed');
}

/** "2^31" (twilio.com/docs/taskrouter/api/task, read 2026-11). */
export const mostPriority = 2_147_483_647;

/** "Value can't be in the future or before the year of 1900" (…/api/task, read 2026-11). */
export function startTimeFault(world: World, form: URLSearchParams): Answer | undefined {
  const text = form.get('VirtualStartTime');
  const epochMs = Date.parse(text ?? '');
  if (text === null || (epochMs >= Date.UTC(1900) && epochMs <= world.clock.now())) return undefined;
  return badRequest('VirtualStartTime must be a time after 1900 that is not in the future');
}

/**
 * Status and attributes in one request are refused, as Twilio's own task-router notes say they are (github.com/twilio/ai,
 * read 2026-11). The status and code for attributes that are too long are not documented: 400 and 20001 here.
 */
function updateTask(world: World, task: Task, { form }: RestRequest): Answer {
  const attributes = form.get('Attributes');
  const status = form.get('AssignmentStatus');
  const channelWord = form.get('TaskChannel');
  const channel = channelWord === null ? task.channel : findTaskChannel(world, task.workspaceSid, channelWord);
  if (attributes !== null && status !== null)
    return badRequest('Cannot update AssignmentStatus and Attributes together');
  const attributesAreWrong = attributes === null ? undefined : attributesFault(attributes);
  const fault = firstFault(
    refuseForm(form, ['Attributes', 'AssignmentStatus', 'Reason', 'Priority', 'TaskChannel', 'VirtualStartTime'], []),
    attributesAreWrong === undefined ? undefined : badRequest(attributesAreWrong),
    numberFault(form, 'Priority', 0, mostPriority),
    startTimeFault(world, form),
    channel === undefined ? badRequest('TaskChannel names no channel of this workspace') : undefined,
    status === null ? undefined : statusFault(task, status),
  );
  if (fault !== undefined) return fault;
  if (channel !== undefined) storeFields(world, task, channel, form);
  if (attributes !== null) storeAttributes(world, task, attributes, 'rest');
  if (status !== null) changeStatus(world, task, status, form.get('Reason') ?? '');
  return taskAnswer(world, task);
}

/** Emits task.updated where something of it changed. */
function storeFields(world: World, task: Task, channel: TaskChannel, form: URLSearchParams): void {
  const priority = form.get('Priority');
  const start = form.get('VirtualStartTime');
  if (priority === null && start === null && !form.has('TaskChannel')) return;
  task.channel = channel;
  if (priority !== null) task.priority = Number(priority);
  if (start !== null) task.virtualStartMs = Date.parse(start);
  touch(world, task);
  emitTaskEvent(world, 'task.updated', task);
}

const waysBetween: Readonly<Record<string, readonly string[]>> = {
  completed: ['assigned', 'wrapping'],
  canceled: ['pending', 'reserved'],
  wrapping: ['assigned'],
};

const statusFault = (task: Task, status: string): Answer | undefined =>
  waysBetween[status]?.includes(task.status)
    ? undefined
    : badRequest(`Cannot change AssignmentStatus from ${task.status} to ${status}`);

function changeStatus(world: World, task: Task, status: string, reason: string): void {
  if (status === 'completed') completeTask(world, task.sid, reason);
  if (status === 'canceled') cancelTask(world, task.sid, reason);
  if (status === 'wrapping')
    for (const reservation of task.reservations) if (reservation.status === 'accepted') wrapUp(world, reservation.sid);
}

function removeTask(world: World, task: Task): Answer {
  deleteTask(world, task.sid);
  return { kind: 'empty', status: 204 };
}

export const taskAnswer = (world: World, task: Task): Answer & { kind: 'json' } => ({
  kind: 'json',
  status: 200,
  headers: { ETag: etagOf(task) },
  json: taskResource(world, task),
});

export function taskResource(world: World, task: Task): JsonObject {
  const workspace = workspaceUrl(task.workspaceSid);
  return {
    account_sid: world.accountSid,
    addons: '{}',
    age: Math.max(0, Math.floor((world.clock.now() - task.createdAtMs) / 1000)),
    assignment_status: task.status,
    attributes: task.attributes,
    date_created: isoSeconds(task.createdAtMs),
    date_updated: isoSeconds(task.updatedAtMs),
    ignore_capacity: task.ignoreCapacity,
    links: {
      workspace,
      workflow: `${workspace}/Workflows/${task.workflow.sid}`,
      task_queue: `${workspace}/TaskQueues/${task.queue.sid}`,
      reservations: `${workspace}/Tasks/${task.sid}/Reservations`,
    },
    priority: task.priority,
    reason: task.reason ?? null,
    routing_target: task.routingTarget ?? null,
    sid: task.sid,
    task_channel_sid: task.channel.sid,
    task_channel_unique_name: task.channel.uniqueName,
    task_queue_entered_date: isoSeconds(task.queueEnteredAtMs),
    task_queue_friendly_name: task.queue.name,
    task_queue_sid: task.queue.sid,
    timeout: task.timeoutSeconds,
    url: `${workspace}/Tasks/${task.sid}`,
    virtual_start_time: isoSeconds(task.virtualStartMs),
    workflow_friendly_name: task.workflow.name,
    workflow_sid: task.workflow.sid,
    workspace_sid: task.workspaceSid,
  };
}
