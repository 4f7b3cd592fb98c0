import * as z from 'zod/mini';
import { PermanentError } from '../../domain/outcome.ts';
import { accountSid, taskSid, workspaceSid } from '../../domain/sids.ts';
import type { TaskSid, WorkspaceSid } from '../../domain/sids.ts';
import type { FetchedTask, NewTask, Tasks, UpdatedTask } from '../../ports/tasks.ts';
import { nextQuery, pageMeta } from './next-page.ts';
import type { TwilioAnswer, TwilioClient, TwilioRequest } from './twilio-client.ts';
import { sidOf, timeOf } from './twilio-fields.ts';
import { errorCodeOf, readJson, unreadable } from './twilio-failures.ts';

/** A link must be written within seconds, in a function that has ten: a call that takes longer is made again. */
const TIMEOUT_SECONDS = 4;
/** Whoever searches by attributes looks for one task or two; more pages than this are a circle. */
const MOST_PAGES = 20;

/** https://www.twilio.com/docs/taskrouter/api/task (read 2026-11) */
const taskResource = z.object({
  sid: sidOf(taskSid),
  account_sid: sidOf(accountSid),
  workspace_sid: sidOf(workspaceSid),
  assignment_status: z.string(),
  attributes: z.string(),
  date_created: timeOf,
});

const createdTask = z.object({ sid: sidOf(taskSid) });

/** A page of tasks; by their description a list leaves the attributes null, so they are not asked for. */
const taskPage = z.object({
  tasks: z.array(createdTask),
  meta: pageMeta,
});

/** The tasks of the workspace, by TaskRouter's REST API. */
export function twilioTasks(client: TwilioClient, workspace: WorkspaceSid): Tasks {
  const tasksUrl = `https://taskrouter.twilio.com/v1/Workspaces/${workspace}/Tasks`;
  const about = (sid: TaskSid): Pick<TwilioRequest, 'url' | 'timeoutSeconds'> => ({
    url: new URL(`${tasksUrl}/${sid}`),
    timeoutSeconds: TIMEOUT_SECONDS,
  });
  return {
    fetch: (sid) => fetchTask(client, { ...about(sid), method: 'GET', expects: [404] }),
    replaceAttributes: (sid, attributes, etag) =>
      replaceAttributes(client, {
        ...about(sid),
        method: 'POST',
        form: { Attributes: attributes },
        headers: { 'If-Match': etag },
        expects: [400, 404, 412],
      }),
    create: (task) => createTask(client, tasksUrl, task),
    findByAttributes: (expression) => findTasks(client, tasksUrl, expression),
  };
}

async function fetchTask(client: TwilioClient, request: TwilioRequest): Promise<FetchedTask> {
  const answer = await client.send(request);
  if (answer.status === 404) return { kind: 'gone' };
  const task = readJson(request, taskResource, answer.body);
  return {
    kind: 'task',
    task: {
      taskSid: task.sid,
      accountSid: task.account_sid,
      workspaceSid: task.workspace_sid,
      assignmentStatus: task.assignment_status,
      attributes: task.attributes,
      etag: etagOf(request, answer),
      createdAt: task.date_created,
    },
  };
}

async function replaceAttributes(client: TwilioClient, request: TwilioRequest): Promise<UpdatedTask> {
  const answer = await client.send(request);
  if (answer.status === 404) return { kind: 'gone' };
  if (answer.status === 412) return { kind: 'changed-meanwhile' };
  if (answer.status === 400) {
    const characters = request.form?.['Attributes']?.length ?? 0;
    throw new PermanentError(`Twilio refused the ${characters} characters of attributes of ${request.url.pathname}`, {
      reason: 'task-attributes-refused',
    });
  }
  return { kind: 'updated', etag: etagOf(request, answer) };
}

async function createTask(client: TwilioClient, tasksUrl: string, task: NewTask): Promise<TaskSid> {
  const request: TwilioRequest = {
    method: 'POST',
    url: new URL(tasksUrl),
    form: {
      WorkflowSid: task.workflowSid,
      TaskChannel: task.taskChannel,
      Attributes: task.attributes,
      ...(task.priority !== undefined && { Priority: String(task.priority) }),
      ...(task.timeoutSeconds !== undefined && { Timeout: String(task.timeoutSeconds) }),
    },
    timeoutSeconds: TIMEOUT_SECONDS,
    expects: [400],
  };
  const answer = await client.send(request);
  if (answer.status !== 400) return readJson(request, createdTask, answer.body).sid;
  const code = errorCodeOf(answer.body);
  throw new PermanentError(
    `Twilio refused a new task for workflow ${task.workflowSid} on channel ${task.taskChannel}${code === undefined ? '' : ` (${code})`}: look whether the workspace has both`,
    { reason: 'new-task-refused' },
  );
}

async function findTasks(client: TwilioClient, tasksUrl: string, expression: string): Promise<readonly TaskSid[]> {
  const found: TaskSid[] = [];
  let query: URLSearchParams | undefined = new URLSearchParams({ EvaluateTaskAttributes: expression });
  for (let pageCount = 1; query !== undefined; pageCount += 1) {
    const request: TwilioRequest = {
      method: 'GET',
      url: new URL(`${tasksUrl}?${query.toString()}`),
      timeoutSeconds: TIMEOUT_SECONDS,
      expects: [],
    };
    if (pageCount > MOST_PAGES) throw unreadable(request, `it has more than ${MOST_PAGES} pages`);
    const page = readJson(request, taskPage, (await client.send(request)).body);
    found.push(...page.tasks.map(({ sid }) => sid));
    query = nextQuery(page.meta);
  }
  return found;
}

/** Kept to the letter, quotes and all: it goes back as it came. */
function etagOf(request: TwilioRequest, answer: TwilioAnswer): string {
  const etag = answer.headers.get('ETag');
  if (etag === null) throw unreadable(request, 'it has no ETag');
  return etag;
}
