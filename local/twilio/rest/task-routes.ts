import { taskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../json.ts';
import { attributesFault, sameEtag, storeAttributes } from '../state/attributes.ts';
import type { Task } from '../state/records.ts';
import { cancelTask, completeTask, deleteTask } from '../state/task-life.ts';
import { etagOf, liveTask } from '../state/task.ts';
import { workflowSid } from '../state/workflow.ts';
import type { World } from '../state/world.ts';
import { badRequest, errorAnswer, notFound, type Answer } from './answers.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

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

/**
 * Status and attributes in one request are refused, as Twilio's own task-router notes say they are (github.com/twilio/ai,
 * read 2026-11). The status and code for attributes that are too long are not documented: 400 and 20001 here.
 */
function updateTask(world: World, task: Task, { form }: RestRequest): Answer {
  const attributes = form.get('Attributes');
  const status = form.get('AssignmentStatus');
  if (attributes !== null && status !== null)
    return badRequest('Cannot update AssignmentStatus and Attributes together');
  if (status !== null) return changeStatus(world, task, status, form.get('Reason') ?? '');
  if (attributes !== null) {
    const fault = attributesFault(attributes);
    if (fault !== undefined) return badRequest(fault);
    storeAttributes(world, task, attributes, 'rest');
  }
  return taskAnswer(world, task);
}

function changeStatus(world: World, task: Task, status: string, reason: string): Answer {
  if (status === 'completed' && (task.status === 'assigned' || task.status === 'wrapping')) {
    completeTask(world, task.sid, reason);
  } else if (status === 'canceled' && (task.status === 'pending' || task.status === 'reserved')) {
    cancelTask(world, task.sid, reason);
  } else {
    return badRequest(`Cannot change AssignmentStatus from ${task.status} to ${status}`);
  }
  return taskAnswer(world, task);
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
  const iso = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const workspaceUrl = `https://taskrouter.twilio.com/v1/Workspaces/${task.workspaceSid}`;
  const workflow = workflowSid(world, task.workflow);
  const queueSid = world.sids.named('WQ', task.queue);
  return {
    account_sid: world.accountSid,
    addons: '{}',
    age: Math.max(0, Math.floor((world.clock.now() - task.createdAtMs) / 1000)),
    assignment_status: task.status,
    attributes: task.attributes,
    date_created: iso(task.createdAtMs),
    date_updated: iso(task.updatedAtMs),
    ignore_capacity: false,
    links: {
      workspace: workspaceUrl,
      workflow: `${workspaceUrl}/Workflows/${workflow}`,
      task_queue: `${workspaceUrl}/TaskQueues/${queueSid}`,
      reservations: `${workspaceUrl}/Tasks/${task.sid}/Reservations`,
    },
    priority: task.priority,
    reason: task.reason ?? null,
    routing_target: null,
    sid: task.sid,
    task_channel_sid: world.sids.named('TC', task.channel),
    task_channel_unique_name: task.channel,
    task_queue_entered_date: iso(task.queueEnteredAtMs),
    task_queue_friendly_name: task.queue,
    task_queue_sid: queueSid,
    timeout: task.timeoutSeconds,
    url: `${workspaceUrl}/Tasks/${task.sid}`,
    virtual_start_time: iso(task.createdAtMs),
    workflow_friendly_name: task.workflow,
    workflow_sid: workflow,
    workspace_sid: task.workspaceSid,
  };
}
