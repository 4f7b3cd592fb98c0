import * as z from 'zod/mini';
import { PermanentError } from '../../domain/outcome.ts';
import { accountSid, taskSid, workspaceSid } from '../../domain/sids.ts';
import type { TaskSid, WorkspaceSid } from '../../domain/sids.ts';
import type { FetchedTask, Tasks, UpdatedTask } from '../../ports/tasks.ts';
import type { TwilioAnswer, TwilioClient, TwilioRequest } from './twilio-client.ts';
import { sidOf, timeOf } from './twilio-fields.ts';
import { readJson, unreadable } from './twilio-failures.ts';

/** A link must be written within seconds, in a function that has ten: a call that takes longer is made again. */
const TIMEOUT_SECONDS = 4;

/** https://www.twilio.com/docs/taskrouter/api/task (read 2026-11) */
const taskResource = z.object({
  sid: sidOf(taskSid),
  account_sid: sidOf(accountSid),
  workspace_sid: sidOf(workspaceSid),
  assignment_status: z.string(),
  attributes: z.string(),
  date_created: timeOf,
});

/** The tasks of the workspace, by TaskRouter's REST API. */
export function twilioTasks(client: TwilioClient, workspace: WorkspaceSid): Tasks {
  const about = (sid: TaskSid): Pick<TwilioRequest, 'url' | 'timeoutSeconds'> => ({
    url: new URL(`https://taskrouter.twilio.com/v1/Workspaces/${workspace}/Tasks/${sid}`),
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

/** Kept to the letter, quotes and all: it goes back as it came. */
function etagOf(request: TwilioRequest, answer: TwilioAnswer): string {
  const etag = answer.headers.get('ETag');
  if (etag === null) throw unreadable(request, 'it has no ETag');
  return etag;
}
