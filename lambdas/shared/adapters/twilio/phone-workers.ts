import * as z from 'zod/mini';
import { isE164 } from '../../domain/e164.ts';
import { workerSid } from '../../domain/sids.ts';
import type { WorkspaceSid } from '../../domain/sids.ts';
import { parseTaskAttributes } from '../../domain/task-attributes.ts';
import type { PhoneWorkers } from '../../ports/phone-workers.ts';
import type { TwilioClient, TwilioRequest } from './twilio-client.ts';
import { readJson } from './twilio-failures.ts';
import { sidOf } from './twilio-fields.ts';

const TIMEOUT_SECONDS = 4;

/** https://www.twilio.com/docs/taskrouter/api/worker (read 2026-11) */
const workerPage = z.object({
  workers: z.array(
    z.object({
      sid: sidOf(workerSid),
      available: z.nullish(z.boolean()),
      activity_name: z.nullish(z.string()),
      /** Null in a list, as the property is described; in the list's example it is there. */
      attributes: z.nullish(z.string()),
    }),
  ),
});

/** The workers of the workspace by their attribute `phone`, by TaskRouter's REST API; more than a page of them is a few too many. */
export function twilioPhoneWorkers(client: TwilioClient, workspace: WorkspaceSid): PhoneWorkers {
  return {
    async withPhone(phone) {
      // Nothing else is put between the quotes of an expression.
      if (!isE164(phone)) return [];
      const query = new URLSearchParams({ TargetWorkersExpression: `phone == "${phone}"` });
      const url = new URL(`https://taskrouter.twilio.com/v1/Workspaces/${workspace}/Workers?${query.toString()}`);
      const request: TwilioRequest = { method: 'GET', url, timeoutSeconds: TIMEOUT_SECONDS, expects: [] };
      const { workers } = readJson(request, workerPage, (await client.send(request)).body);
      return workers
        .filter(({ attributes }) => typeof attributes !== 'string' || phoneIn(attributes) === phone)
        .map(({ sid, available, activity_name: activityName }) => ({
          workerSid: sid,
          isAvailable: available === true,
          activityName: activityName ?? '',
        }));
    },
  };
}

function phoneIn(attributes: string): unknown {
  const parsed = parseTaskAttributes(attributes);
  return parsed.kind === 'object' ? parsed.attributes['phone'] : undefined;
}
