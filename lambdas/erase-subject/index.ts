import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { dynamodbErasureRequests } from '../shared/adapters/dynamodb/erasure-requests.ts';
import { dynamodbPersonalItems } from '../shared/adapters/dynamodb/personal-items.ts';
import { dynamodbSubjectIndex } from '../shared/adapters/dynamodb/subject-index.ts';
import { dynamodbTranscriptRecords } from '../shared/adapters/dynamodb/transcript-records.ts';
import { s3ArchiveEraser } from '../shared/adapters/s3/archive-eraser.ts';
import { s3ArchiveKeeping } from '../shared/adapters/s3/archive-keeping.ts';
import { s3Certificates } from '../shared/adapters/s3/certificates.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { hmacSubjectHash, subjectIndexKeySchema } from '../shared/adapters/secrets/subject-hash.ts';
import { twilioSecretSchema } from '../shared/adapters/secrets/twilio-secret.ts';
import { sqsMessageFates } from '../shared/adapters/sqs/message-fates.ts';
import { sqsQueueReader } from '../shared/adapters/sqs/queue-reader.ts';
import { sqsClient } from '../shared/adapters/sqs/sqs-client.ts';
import { twilioConversations } from '../shared/adapters/twilio/conversations.ts';
import { twilioRecordings } from '../shared/adapters/twilio/recordings.ts';
import { twilioClient } from '../shared/adapters/twilio/twilio-client.ts';
import { accountSid } from '../shared/domain/sids.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { queueWorker } from '../shared/runtime/queue-worker.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { eraseSubject, readEraseSubjectMessage } from './handler.ts';

const functionName = 'erase-subject';

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const now = (): Date => new Date();
  const sqs = sqsClient();
  const client = secretsClient();
  const apiKey = secretSource({ client, secretArn: env.TWILIO_SECRET_ARN, schema: twilioSecretSchema, now });
  const key = { client, secretArn: env.SUBJECT_INDEX_KEY_SECRET_ARN, schema: subjectIndexKeySchema, now };
  const twilio = twilioClient({ apiKey, baseUrl: env.TWILIO_URL });
  const report = reporter(functionName);
  return {
    functionName,
    read: readEraseSubjectMessage,
    work: eraseSubject({
      ledger: dynamodbLedger(env.LEDGER_TABLE),
      transcripts: dynamodbTranscriptRecords(env.LEDGER_TABLE),
      erasures: dynamodbErasureRequests(env.LEDGER_TABLE),
      index: dynamodbSubjectIndex(env.LEDGER_TABLE),
      subjectHash: hmacSubjectHash(secretSource(key)),
      personalItems: dynamodbPersonalItems(env.LEDGER_TABLE),
      eraser: s3ArchiveEraser(env.ARCHIVE_BUCKET),
      keeping: s3ArchiveKeeping(env.ARCHIVE_BUCKET),
      certificates: s3Certificates(env.ARCHIVE_BUCKET),
      recordings: twilioRecordings(twilio),
      conversations: twilioConversations(twilio),
      putAside: env.PUT_ASIDE_QUEUE_URLS.map((queueUrl) => sqsQueueReader(sqs, queueUrl)),
      accountSid: accountSid(env.ACCOUNT_SID),
      opensGovernance: env.OPENS_GOVERNANCE_LOCKS === 'on',
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
