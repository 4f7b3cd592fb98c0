import * as z from 'zod/mini';
import { taskSid, workerSid } from '../../domain/sids.ts';
import type { TaskSid, WorkerSid, WorkspaceSid } from '../../domain/sids.ts';
import { parseTaskAttributes } from '../../domain/task-attributes.ts';
import type { ConversationTasks, LiveTask } from '../../ports/conversation-tasks.ts';
import type { Tasks } from '../../ports/tasks.ts';
import type { TwilioClient, TwilioRequest } from './twilio-client.ts';
import { readJson } from './twilio-failures.ts';
import { sidOf } from './twilio-fields.ts';

const TIMEOUT_SECONDS = 4;
const isLive: readonly string[] = ['pending', 'reserved', 'assigned'];
/** Of an offer that somebody still has, or has taken. */
const isHeld: readonly (string | null | undefined)[] = ['pending', 'accepted', 'wrapping'];

/** https://www.twilio.com/docs/taskrouter/api/reservations (read 2026-11) */
const reservationPage = z.object({
  reservations: z.array(
    z.object({
      task_sid: sidOf(taskSid),
      worker_sid: z.nullish(z.string()),
      reservation_status: z.nullish(z.string()),
    }),
  ),
});

/** The tasks of the workspace by conversation, by TaskRouter's REST API; Flex writes `conversationSid` onto each. */
export function twilioConversationTasks(
  client: TwilioClient,
  workspace: WorkspaceSid,
  tasks: Pick<Tasks, 'fetch' | 'findByAttributes'>,
): ConversationTasks {
  return {
    async live(conversationSid) {
      const found = await tasks.findByAttributes(`conversationSid == "${conversationSid}"`);
      const live: LiveTask[] = [];
      for (const sid of found) {
        const fetched = await tasks.fetch(sid);
        if (fetched.kind === 'gone' || !isLive.includes(fetched.task.assignmentStatus)) continue;
        const parsed = parseTaskAttributes(fetched.task.attributes);
        live.push({
          taskSid: sid,
          attributes: parsed.kind === 'object' ? parsed.attributes : {},
          workerSids: await workersOn(client, workspace, sid),
        });
      }
      return live;
    },
  };
}

async function workersOn(client: TwilioClient, workspace: WorkspaceSid, sid: TaskSid): Promise<readonly WorkerSid[]> {
  const url = new URL(`https://taskrouter.twilio.com/v1/Workspaces/${workspace}/Tasks/${sid}/Reservations`);
  const request: TwilioRequest = { method: 'GET', url, timeoutSeconds: TIMEOUT_SECONDS, expects: [404] };
  const answer = await client.send(request);
  if (answer.status === 404) return [];
  const { reservations } = readJson(request, reservationPage, answer.body);
  return reservations
    .filter(({ reservation_status: status }) => isHeld.includes(status))
    .map(({ worker_sid: worker }) => worker)
    .filter(workerSid.is);
}
