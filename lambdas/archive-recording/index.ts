import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dynamodbContactInbox } from '../shared/adapters/dynamodb/contact-inbox.ts';
import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { dynamodbErasureRequests } from '../shared/adapters/dynamodb/erasure-requests.ts';
import { s3ArchiveKeeping } from '../shared/adapters/s3/archive-keeping.ts';
import { s3Archive } from '../shared/adapters/s3/s3-archive.ts';
import { recordingKeys, recordingKeysSchema } from '../shared/adapters/secrets/recording-keys.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { twilioSecretSchema } from '../shared/adapters/secrets/twilio-secret.ts';
import { sqsMessageFates } from '../shared/adapters/sqs/message-fates.ts';
import { sqsClient } from '../shared/adapters/sqs/sqs-client.ts';
import { sqsWorkQueues } from '../shared/adapters/sqs/work-queues.ts';
import { streamInspector } from '../shared/adapters/streams/inspect-stream.ts';
import { twilioProveSender } from '../shared/adapters/twilio/prove-sender.ts';
import { twilioConferences } from '../shared/adapters/twilio/conferences.ts';
import { twilioRecordings } from '../shared/adapters/twilio/recordings.ts';
import { twilioClient } from '../shared/adapters/twilio/twilio-client.ts';
import { readRetentionConfig } from '../shared/messages/retention-config.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { queueWorker } from '../shared/runtime/queue-worker.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { archiveRecording, readArchiveRecordingMessage } from './handler.ts';

const functionName = 'archive-recording';

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const now = (): Date => new Date();
  const sqs = sqsClient();
  const client = secretsClient();
  const secret = secretSource({ client, secretArn: env.TWILIO_SECRET_ARN, schema: twilioSecretSchema, now });
  const keyRing = secretSource({
    ...{ client, secretArn: env.RECORDING_KEYS_SECRET_ARN, schema: recordingKeysSchema, whenEmpty: {}, now },
  });
  const twilio = twilioClient({ apiKey: secret, baseUrl: env.TWILIO_URL });
  const report = reporter(functionName);
  return {
    functionName,
    read: readArchiveRecordingMessage,
    work: archiveRecording({
      proveSender: twilioProveSender({ publicUrl: env.PUBLIC_URL, tokens: secret }),
      ledger: dynamodbLedger(env.LEDGER_TABLE),
      erasures: dynamodbErasureRequests(env.LEDGER_TABLE),
      recordings: twilioRecordings(twilio),
      conferences: twilioConferences(twilio),
      archive: s3Archive(env.ARCHIVE_BUCKET),
      keeping: s3ArchiveKeeping(env.ARCHIVE_BUCKET),
      retention: readRetentionConfig(
        readFileSync(join(__dirname, 'retention', `${env.RETENTION_CONFIG}.json`), 'utf8'),
      ),
      inspector: streamInspector,
      keys: recordingKeys(keyRing),
      encryptedRecordings: env.ENCRYPTED_RECORDINGS,
      queues: sqsWorkQueues(sqs, {
        'internal/link-recording': env.LINK_RECORDING_QUEUE_URL,
        'internal/match-contact-status': env.CALABRIO_STATUS_QUEUE_URL,
        'internal/delete-source': env.DELETE_SOURCE_QUEUE_URL,
        'internal/report-status': env.REPORT_STATUS_QUEUE_URL,
      }),
      inbox: dynamodbContactInbox(env.LEDGER_TABLE),
      policy: env.POLICY,
      meter: report,
      now,
      accountSid: env.ACCOUNT_SID,
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
