import { calabrioContacts } from '../shared/adapters/calabrio/calabrio-contacts.ts';
import { dynamodbControlRecords } from '../shared/adapters/dynamodb/control-records.ts';
import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { s3Archive } from '../shared/adapters/s3/s3-archive.ts';
import { calabrioSecretSchema } from '../shared/adapters/secrets/calabrio-secret.ts';
import { recordingKeys, recordingKeysSchema } from '../shared/adapters/secrets/recording-keys.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { twilioSecretSchema } from '../shared/adapters/secrets/twilio-secret.ts';
import { sqsMessageFates } from '../shared/adapters/sqs/message-fates.ts';
import { sqsClient } from '../shared/adapters/sqs/sqs-client.ts';
import { sqsWorkQueues } from '../shared/adapters/sqs/work-queues.ts';
import { streamInspector } from '../shared/adapters/streams/inspect-stream.ts';
import { twilioRecordings } from '../shared/adapters/twilio/recordings.ts';
import { twilioClient } from '../shared/adapters/twilio/twilio-client.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { queueWorker } from '../shared/runtime/queue-worker.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { deleteSource, readDeleteSourceMessage } from './handler.ts';

const functionName = 'delete-source';

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const now = (): Date => new Date();
  const sqs = sqsClient();
  const client = secretsClient();
  const apiKey = secretSource({ client, secretArn: env.TWILIO_SECRET_ARN, schema: twilioSecretSchema, now });
  const credentials = secretSource({ client, secretArn: env.CALABRIO_SECRET_ARN, schema: calabrioSecretSchema, now });
  const keyRing = secretSource({
    ...{ client, secretArn: env.RECORDING_KEYS_SECRET_ARN, schema: recordingKeysSchema, whenEmpty: {}, now },
  });
  const requestsPerSecond = Number(env.CALABRIO_REQUESTS_PER_SECOND);
  const report = reporter(functionName);
  return {
    functionName,
    read: readDeleteSourceMessage,
    work: deleteSource({
      ledger: dynamodbLedger(env.LEDGER_TABLE),
      control: dynamodbControlRecords(env.LEDGER_TABLE),
      recordings: twilioRecordings(twilioClient({ apiKey, baseUrl: env.TWILIO_URL })),
      archive: s3Archive(env.ARCHIVE_BUCKET),
      inspector: streamInspector,
      keys: recordingKeys(keyRing),
      ...(env.CALABRIO_URL !== undefined && {
        contacts: calabrioContacts({ baseUrl: env.CALABRIO_URL, credentials, requestsPerSecond, now }),
      }),
      metadataNames: env.CALABRIO_METADATA_NAMES,
      queues: sqsWorkQueues(sqs, { 'internal/report-status': env.REPORT_STATUS_QUEUE_URL }),
      policy: env.POLICY,
      meter: report,
      now,
    }),
    fates: sqsMessageFates(sqs, { deadLetterQueueUrl: env.DEAD_LETTER_QUEUE_URL }),
    report,
    now,
    random: Math.random,
  };
});

export const handler = queueWorker(parts);
