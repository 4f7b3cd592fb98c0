import { readJsonObject } from '../json.ts';
import { attributesFault } from '../state/attributes.ts';
import { inWorkspace } from '../state/named-things.ts';
import type { Task } from '../state/records.ts';
import type { TaskQueue, Workflow, Workspace } from '../state/routing-records.ts';
import { findTaskChannel } from '../state/task-channels.ts';
import { enterTask } from '../state/task-life.ts';
import { liveTask } from '../state/task.ts';
import { wayOf, type Way } from '../state/workflow-routing.ts';
import type { World } from '../state/world.ts';
import { badRequest, type Answer } from './answers.ts';
import { firstFault, isTrue, numberFault, refuseForm } from './form-checks.ts';
import { metaPageAnswer } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';
import { taskFilter, taskOrder } from './task-filter.ts';
import { mostPriority, startTimeFault, taskAnswer, taskResource } from './task-routes.ts';
import { workspaceRoute } from './workspace-path.ts';

/** `/v1/Workspaces/{WS}/Tasks`: list and create. */
export function taskListRoutes(world: World): readonly Route[] {
  return [
    workspaceRoute(world, 'GET', '/Tasks', (workspace, request) => listTasks(world, workspace, request)),
    workspaceRoute(world, 'POST', '/Tasks', (workspace, request) => createByRest(world, workspace, request)),
  ];
}

/** "By default, Tasks are sorted by ascending DateCreated" (Twilio's OpenAPI description, read 2026-11); a deleted task is in no list. */
function listTasks(world: World, { sid }: Workspace, request: RestRequest): Answer {
  const filter = taskFilter(request.query);
  if (typeof filter === 'string') return badRequest(filter);
  const ordering = request.query.get('Ordering');
  const order = ordering === null ? undefined : taskOrder(ordering);
  if (ordering !== null && order === undefined) return badRequest(`Ordering ${ordering} is none`);
  const found = inWorkspace(world.tasks, sid).filter((task) => liveTask(world, task.sid) !== undefined && filter(task));
  const ordered = order === undefined ? found : found.toSorted(order);
  return metaPageAnswer(
    request,
    'tasks',
    ordered.map((task) => taskResource(world, task)),
  );
}

const creationFields: readonly string[] = [
  ...['WorkflowSid', 'TaskQueueSid', 'TaskChannel', 'Attributes', 'Priority', 'Timeout', 'VirtualStartTime'],
  ...['RoutingTarget', 'IgnoreCapacity'],
];

/** Two weeks (twilio.com/docs/taskrouter/api/task, read 2026-11). */
const LONGEST_TIMEOUT_SECONDS = 1_209_600;

function createByRest(world: World, workspace: Workspace, { form }: RestRequest): Answer {
  const text = form.get('Attributes') ?? '{}';
  const attributes = readJsonObject(text) ?? {};
  const faultOfText = attributesFault(text);
  const fault = firstFault(
    refuseForm(form, creationFields, []),
    faultOfText === undefined ? undefined : badRequest(faultOfText),
    numberFault(form, 'Priority', 0, mostPriority),
    numberFault(form, 'Timeout', 1, LONGEST_TIMEOUT_SECONDS),
    startTimeFault(world, form),
  );
  if (fault !== undefined) return fault;
  const channel = findTaskChannel(world, workspace.sid, form.get('TaskChannel') ?? 'default');
  if (channel === undefined) return badRequest('TaskChannel names no channel of this workspace');
  const workflow = workflowOf(world, workspace, form);
  if (workflow === undefined) return badRequest('WorkflowSid names no workflow of this workspace');
  const way = queueByForm(world, workspace, form) ?? wayOf(world, workflow, attributes);
  if (way === 'none') return badRequest('TaskQueueSid names no queue of this workspace');
  // What Twilio does with such a task is not documented; here it is not made.
  if (way === undefined) return badRequest('No filter of the workflow matches, and it has no default_filter');
  const task = enterTask(world, {
    ...{ workspaceSid: workspace.sid, workflow, channel, queue: way.queue, attributes: text },
    priority: way.priority ?? Number(form.get('Priority') ?? 0),
    ...optional(form),
  });
  return { ...taskAnswer(world, task), status: 201 };
}

/** `IgnoreCapacity` is true by default where a worker is the target (…/api/task, read 2026-11). */
function optional(
  form: URLSearchParams,
): Partial<Pick<Task, 'timeoutSeconds' | 'virtualStartMs' | 'routingTarget' | 'ignoreCapacity'>> {
  const timeout = form.get('Timeout');
  const start = form.get('VirtualStartTime');
  const target = form.get('RoutingTarget');
  return {
    ...(timeout !== null && { timeoutSeconds: Number(timeout) }),
    ...(start !== null && { virtualStartMs: Date.parse(start) }),
    ...(target !== null && { routingTarget: target }),
    ignoreCapacity: (target?.startsWith('WK') ?? false) && isTrue(form.get('IgnoreCapacity') ?? 'true'),
  };
}

/** The one that is named, by WorkflowSid or as the target; where none is and the workspace has but one, that. */
function workflowOf(world: World, { sid }: Workspace, form: URLSearchParams): Workflow | undefined {
  const flows = inWorkspace(world.workflows, sid);
  const target = form.get('RoutingTarget') ?? '';
  const named = form.get('WorkflowSid') ?? (target.startsWith('WW') ? target : null);
  if (named !== null) return flows.find((flow) => flow.sid === named);
  return flows.length === 1 ? flows[0] : undefined;
}

/** "The SID of the TaskQueue in which the Task belongs" (Twilio's OpenAPI description, read 2026-11), or the target. */
function queueByForm(world: World, { sid }: Workspace, form: URLSearchParams): Way | undefined | 'none' {
  const target = form.get('RoutingTarget') ?? '';
  const named = form.get('TaskQueueSid') ?? (target.startsWith('WQ') ? target : null);
  if (named === null) return undefined;
  const queue: TaskQueue | undefined = inWorkspace(world.taskQueues, sid).find((one) => one.sid === named);
  return queue === undefined ? 'none' : { queue };
}
