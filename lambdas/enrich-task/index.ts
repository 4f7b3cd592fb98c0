import { dynamodbContactInbox } from '../shared/adapters/dynamodb/contact-inbox.ts';
import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { twilioSecretSchema } from '../shared/adapters/secrets/twilio-secret.ts';
import { sqsMessageFates } from '../shared/adapters/sqs/message-fates.ts';
import { sqsClient } from '../shared/adapters/sqs/sqs-client.ts';
import { sqsWorkQueues } from '../shared/adapters/sqs/work-queues.ts';
import { twilioProveSender } from '../shared/adapters/twilio/prove-sender.ts';
import { twilioRecordings } from '../shared/adapters/twilio/recordings.ts';
import { twilioTasks } from '../shared/adapters/twilio/tasks.ts';
import { twilioClient } from '../shared/adapters/twilio/twilio-client.ts';
import { workspaceSid } from '../shared/domain/sids.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { queueWorker } from '../shared/runtime/queue-worker.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { enrichTask, readEnrichTaskMessage } from './handler.ts';

const functionName = 'enrich-task';

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const now = (): Date => new Date();
  const sqs = sqsClient();
  const secret = secretSource({
    client: secretsClient(),
    secretArn: env.TWILIO_SECRET_ARN,
    schema: twilioSecretSchema,
    now,
  });
  const twilio = twilioClient({ apiKey: secret, baseUrl: env.TWILIO_URL });
  const report = reporter(functionName);
  return {
    functionName,
    read: readEnrichTaskMessage,
    work: enrichTask({
      proveSender: twilioProveSender({ publicUrl: env.PUBLIC_URL, tokens: secret }),
      ledger: dynamodbLedger(env.LEDGER_TABLE),
      tasks: twilioTasks(twilio, workspaceSid(env.WORKSPACE_SID)),
      recordings: twilioRecordings(twilio),
      queues: sqsWorkQueues(sqs, {
        'internal/discover-recordings': env.ENRICH_TASK_QUEUE_URL,
        'internal/enrich-task': env.ENRICH_TASK_QUEUE_URL,
        'internal/archive-recording': env.ARCHIVE_RECORDING_QUEUE_URL,
        'internal/link-recording': env.LINK_RECORDING_QUEUE_URL,
        'internal/match-contact-status': env.CALABRIO_STATUS_QUEUE_URL,
      }),
      inbox: dynamodbContactInbox(env.LEDGER_TABLE),
      policy: env.POLICY,
      meter: report,
      now,
      accountSid: env.ACCOUNT_SID,
      workspaceSid: env.WORKSPACE_SID,
      linkBaseUrl: env.LINK_BASE_URL,
      enrichmentMode: env.ENRICHMENT_MODE,
    }),
    fates: sqsMessageFates(sqs, {
      deadLetterQueueUrl: env.DEAD_LETTER_QUEUE_URL,
      quarantineQueueUrl: env.QUARANTINE_QUEUE_URL,
    }),
    report,
    now,
    random: Math.random,
  };
});

export const handler = queueWorker(parts);
