import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { dynamodbTranscriptRecords } from '../shared/adapters/dynamodb/transcript-records.ts';
import { s3ArchiveKeeping } from '../shared/adapters/s3/archive-keeping.ts';
import { s3Archive } from '../shared/adapters/s3/s3-archive.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { twilioSecretSchema } from '../shared/adapters/secrets/twilio-secret.ts';
import { sqsMessageFates } from '../shared/adapters/sqs/message-fates.ts';
import { sqsClient } from '../shared/adapters/sqs/sqs-client.ts';
import { twilioConversations } from '../shared/adapters/twilio/conversations.ts';
import { twilioClient } from '../shared/adapters/twilio/twilio-client.ts';
import { readRetentionConfig } from '../shared/messages/retention-config.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { queueWorker } from '../shared/runtime/queue-worker.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { archiveTranscript, readArchiveTranscriptMessage } from './handler.ts';

const functionName = 'archive-transcript';

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const now = (): Date => new Date();
  const secret = secretSource({
    client: secretsClient(),
    secretArn: env.TWILIO_SECRET_ARN,
    schema: twilioSecretSchema,
    now,
  });
  const report = reporter(functionName);
  return {
    functionName,
    read: readArchiveTranscriptMessage,
    work: archiveTranscript({
      ledger: dynamodbLedger(env.LEDGER_TABLE),
      transcripts: dynamodbTranscriptRecords(env.LEDGER_TABLE),
      conversations: twilioConversations(twilioClient({ apiKey: secret, baseUrl: env.TWILIO_URL })),
      archive: s3Archive(env.ARCHIVE_BUCKET),
      keeping: s3ArchiveKeeping(env.ARCHIVE_BUCKET),
      retention: readRetentionConfig(
        readFileSync(join(__dirname, 'retention', `${env.RETENTION_CONFIG}.json`), 'utf8'),
      ),
      meter: report,
      now,
      accountSid: env.ACCOUNT_SID,
    }),
    fates: sqsMessageFates(sqsClient(), { deadLetterQueueUrl: env.DEAD_LETTER_QUEUE_URL }),
    report,
    now,
    random: Math.random,
  };
});

export const handler = queueWorker(parts);
