import { readJsonObject } from '../json.ts';
import { attributesFault } from '../state/attributes.ts';
import { createTask } from '../state/task-life.ts';
import { liveTask } from '../state/task.ts';
import type { World } from '../state/world.ts';
import { badRequest, notFound, type Answer } from './answers.ts';
import { attributeExpression } from './attribute-expression.ts';
import { metaPageAnswer, wholeNumber } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';
import { taskAnswer, taskResource } from './task-routes.ts';

/** `/v1/Workspaces/{WS}/Tasks`: list, and create in the workspace that is ours. */
export function taskListRoutes(world: World): readonly Route[] {
  const path = new RegExp(`^/v1/Workspaces/${world.workspaceSid}/Tasks$`);
  return [
    { method: 'GET', path, handle: (request) => listTasks(world, request) },
    { method: 'POST', path, handle: (request) => createByRest(world, request) },
  ];
}

/** Newest first, as Twilio lists; a deleted task is in no list. */
function listTasks(world: World, request: RestRequest): Answer {
  const asked = attributeExpression(request.query.get('EvaluateTaskAttributes'));
  if (asked.kind === 'not-understood') return badRequest(asked.why);
  const statuses = request.query.getAll('AssignmentStatus').flatMap((text) => text.split(','));
  const found = [...world.tasks.values()]
    .filter((task) => task.workspaceSid === world.workspaceSid && liveTask(world, task.sid) !== undefined)
    .filter((task) => statuses.length === 0 || statuses.includes(task.status))
    .filter((task) => asked.matches(readJsonObject(task.attributes) ?? {}))
    .reverse();
  return metaPageAnswer(
    request,
    'tasks',
    found.map((task) => taskResource(world, task)),
  );
}

/** Fields that a task can be made of; each of the others would need a verb of its own. */
const creationFields: readonly string[] = ['WorkflowSid', 'TaskChannel', 'Attributes', 'Priority', 'Timeout'];

function createByRest(world: World, { form, path }: RestRequest): Answer {
  const unknown = [...form.keys()].filter((name) => !creationFields.includes(name));
  if (unknown.length > 0) return badRequest(`A task cannot be made of ${unknown.join(', ')} here`);
  const workflow = world.workflows.get(form.get('WorkflowSid') ?? '');
  if (workflow === undefined) return badRequest('WorkflowSid names no workflow of this workspace');
  const text = form.get('Attributes') ?? '{}';
  const attributes = readJsonObject(text);
  const fault = attributesFault(text);
  if (fault !== undefined || attributes === undefined) return badRequest(fault ?? 'Attributes are not a JSON object');
  const priority = wholeNumber(form.get('Priority'), 0);
  const timeoutSeconds = wholeNumber(form.get('Timeout'), 86_400);
  if (priority === undefined || timeoutSeconds === undefined)
    return badRequest('Priority and Timeout must be whole numbers');
  const sid = createTask(world, {
    ...{ attributes, priority, timeoutSeconds },
    channel: form.get('TaskChannel') ?? 'default',
    queue: workflow.queue,
    workflow: workflow.name,
  });
  const task = liveTask(world, sid);
  return task === undefined ? notFound(path) : { ...taskAnswer(world, task), status: 201 };
}
