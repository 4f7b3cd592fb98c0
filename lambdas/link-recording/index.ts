import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { linkKeys, linkKeysSchema } from '../shared/adapters/secrets/link-keys.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { twilioSecretSchema } from '../shared/adapters/secrets/twilio-secret.ts';
import { sqsMessageFates } from '../shared/adapters/sqs/message-fates.ts';
import { sqsClient } from '../shared/adapters/sqs/sqs-client.ts';
import { twilioTasks } from '../shared/adapters/twilio/tasks.ts';
import { twilioClient } from '../shared/adapters/twilio/twilio-client.ts';
import { workspaceSid } from '../shared/domain/sids.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { queueWorker } from '../shared/runtime/queue-worker.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { linkRecording, readLinkRecordingMessage } from './handler.ts';

const functionName = 'link-recording';

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const now = (): Date => new Date();
  const client = secretsClient();
  const twilioSecret = secretSource({ client, secretArn: env.TWILIO_SECRET_ARN, schema: twilioSecretSchema, now });
  const ring = secretSource({ client, secretArn: env.LINK_KEYS_SECRET_ARN, schema: linkKeysSchema, now });
  const report = reporter(functionName);
  return {
    functionName,
    read: readLinkRecordingMessage,
    work: linkRecording({
      ledger: dynamodbLedger(env.LEDGER_TABLE),
      tasks: twilioTasks(
        twilioClient({ apiKey: twilioSecret, baseUrl: env.TWILIO_URL }),
        workspaceSid(env.WORKSPACE_SID),
      ),
      linkKeys: linkKeys(ring),
      meter: report,
      now,
      accountSid: env.ACCOUNT_SID,
      workspaceSid: env.WORKSPACE_SID,
      linkBaseUrl: env.LINK_BASE_URL,
      linkMode: env.LINK_MODE,
      linkTranscripts: env.LINK_TRANSCRIPTS === 'on',
      onExistingLink: env.ON_EXISTING_LINK,
      correlationObject: env.CORRELATION_OBJECT,
    }),
    fates: sqsMessageFates(sqsClient(), { deadLetterQueueUrl: env.DEAD_LETTER_QUEUE_URL }),
    report,
    now,
    random: Math.random,
  };
});

export const handler = queueWorker(parts);
