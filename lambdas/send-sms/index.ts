import { setTimeout as pause } from 'node:timers/promises';
import { dynamodbSmsRequests } from '../shared/adapters/dynamodb/sms-requests.ts';
import { toE164In } from '../shared/adapters/phone/to-e164.ts';
import { hmacRequestHash } from '../shared/adapters/secrets/request-hash.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { subjectIndexKeySchema } from '../shared/adapters/secrets/subject-hash.ts';
import { twilioSecretSchema } from '../shared/adapters/secrets/twilio-secret.ts';
import { twilioConversationTasks } from '../shared/adapters/twilio/conversation-tasks.ts';
import { twilioInteractions } from '../shared/adapters/twilio/interactions.ts';
import { twilioOutboundConversations } from '../shared/adapters/twilio/outbound-conversations.ts';
import { twilioPhoneWorkers } from '../shared/adapters/twilio/phone-workers.ts';
import { twilioTasks } from '../shared/adapters/twilio/tasks.ts';
import { twilioClient } from '../shared/adapters/twilio/twilio-client.ts';
import { accountSid, workspaceSid } from '../shared/domain/sids.ts';
import { httpDoor } from '../shared/runtime/http-door.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { sendSms } from './handler.ts';
import { whenFailed } from './when-failed.ts';

const functionName = 'send-sms';

/** Only numbers that begin with a plus sign come so far, and those have their country in them. */
const ANY_COUNTRY = 'US';

const now = (): Date => new Date();

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const client = secretsClient();
  const apiKey = secretSource({ client, secretArn: env.TWILIO_SECRET_ARN, schema: twilioSecretSchema, now });
  const subjectKey = { client, secretArn: env.SUBJECT_INDEX_KEY_SECRET_ARN, schema: subjectIndexKeySchema, now };
  const twilio = twilioClient({ apiKey, baseUrl: env.TWILIO_URL });
  const workspace = workspaceSid(env.WORKSPACE_SID);
  const tasks = twilioTasks(twilio, workspace);
  const report = reporter(functionName);
  return {
    handle: sendSms({
      requests: dynamodbSmsRequests(env.LEDGER_TABLE),
      requestHash: hmacRequestHash(secretSource(subjectKey)),
      workers: twilioPhoneWorkers(twilio, workspace),
      interactions: twilioInteractions(twilio, workspace, env.OUTBOUND_SMS),
      conversations: twilioOutboundConversations(twilio),
      conversationTasks: twilioConversationTasks(twilio, workspace, tasks),
      tasks,
      accountSid: accountSid(env.ACCOUNT_SID),
      longLived: env.OUTBOUND_SMS.longLived,
      toE164: toE164In(ANY_COUNTRY),
      meter: report,
      now,
      pause: async (ms) => void (await pause(ms)),
    }),
    report,
    now,
  };
});

export const handler = httpDoor(functionName, parts, whenFailed);
