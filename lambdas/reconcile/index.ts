import { dynamodbControlRecords } from '../shared/adapters/dynamodb/control-records.ts';
import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { dynamodbTranscriptRecords } from '../shared/adapters/dynamodb/transcript-records.ts';
import { s3ArchiveReports } from '../shared/adapters/s3/archive-reports.ts';
import { s3Archive } from '../shared/adapters/s3/s3-archive.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { twilioSecretSchema } from '../shared/adapters/secrets/twilio-secret.ts';
import { sqsQueueReader } from '../shared/adapters/sqs/queue-reader.ts';
import { sqsClient } from '../shared/adapters/sqs/sqs-client.ts';
import { siblingQueueUrl } from '../shared/adapters/sqs/sqs-call.ts';
import { sqsWorkQueues } from '../shared/adapters/sqs/work-queues.ts';
import { twilioRecordingList } from '../shared/adapters/twilio/recording-list.ts';
import { twilioRecordings } from '../shared/adapters/twilio/recordings.ts';
import { twilioClient } from '../shared/adapters/twilio/twilio-client.ts';
import { accountSid } from '../shared/domain/sids.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { scheduledDoor } from '../shared/runtime/scheduled-door.ts';
import { envSchema } from './env.ts';
import { reconcile } from './handler.ts';

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const now = (): Date => new Date();
  const sqs = sqsClient();
  const from = { client: secretsClient(), secretArn: env.TWILIO_SECRET_ARN, now };
  const twilio = twilioClient({
    apiKey: secretSource({ ...from, schema: twilioSecretSchema }),
    baseUrl: env.TWILIO_URL,
  });
  const report = reporter('reconcile');
  const putAside = env.PUT_ASIDE_QUEUE_NAMES.map((name) => siblingQueueUrl(env.ENRICH_TASK_QUEUE_URL, name));
  return {
    run: reconcile({
      ledger: dynamodbLedger(env.LEDGER_TABLE),
      queues: sqsWorkQueues(sqs, {
        'internal/discover-recordings': env.ENRICH_TASK_QUEUE_URL,
        'internal/archive-recording': env.ARCHIVE_RECORDING_QUEUE_URL,
        'internal/link-recording': env.LINK_RECORDING_QUEUE_URL,
        'internal/match-contact-status': env.CALABRIO_STATUS_QUEUE_URL,
        'internal/archive-transcript': env.ARCHIVE_TRANSCRIPT_QUEUE_URL,
        'internal/erase-subject': env.ERASE_SUBJECT_QUEUE_URL,
      }),
      archive: s3Archive(env.ARCHIVE_BUCKET),
      reports: s3ArchiveReports(env.ARCHIVE_BUCKET),
      controls: dynamodbControlRecords(env.LEDGER_TABLE),
      transcripts: dynamodbTranscriptRecords(env.LEDGER_TABLE),
      recordings: twilioRecordings(twilio),
      recordingList: twilioRecordingList(twilio),
      accountSid: accountSid(env.ACCOUNT_SID),
      policy: env.POLICY,
      sweep: env.SWEEP,
      owesLinks: env.LINK_MODE !== 'none',
      meter: report,
      // Every run looks again and a message has days to be seen, so no run waits for it.
      putAside: putAside.map((queueUrl) => sqsQueueReader(sqs, queueUrl, { waitSeconds: 0 })),
      now,
    }),
    report,
    now,
  };
});

export const handler = scheduledDoor(parts);
