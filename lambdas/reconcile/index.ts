import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { s3Archive } from '../shared/adapters/s3/s3-archive.ts';
import { sqsQueueReader } from '../shared/adapters/sqs/queue-reader.ts';
import { sqsClient } from '../shared/adapters/sqs/sqs-client.ts';
import { sqsWorkQueues } from '../shared/adapters/sqs/work-queues.ts';
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
  const putAside = [
    env.ENRICH_TASK_DEAD_LETTER_QUEUE_URL,
    env.ARCHIVE_RECORDING_DEAD_LETTER_QUEUE_URL,
    env.LINK_RECORDING_DEAD_LETTER_QUEUE_URL,
    env.CALABRIO_STATUS_DEAD_LETTER_QUEUE_URL,
    env.DELETE_SOURCE_DEAD_LETTER_QUEUE_URL,
    env.REPORT_STATUS_DEAD_LETTER_QUEUE_URL,
    env.CREATE_REVIEW_TASK_DEAD_LETTER_QUEUE_URL,
    env.QUARANTINE_QUEUE_URL,
  ];
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
      // Every run looks again and a message has days to be seen, so no run waits for it.
      putAside: putAside.map((queueUrl) => sqsQueueReader(sqs, queueUrl, { waitSeconds: 0 })),
      now,
    }),
    report: reporter('reconcile'),
    now,
  };
});

export const handler = scheduledDoor(parts);
