import { calabrioProveContactStatus } from '../shared/adapters/calabrio/prove-contact-status.ts';
import { dynamodbContactInbox } from '../shared/adapters/dynamodb/contact-inbox.ts';
import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { calabrioSecretSchema } from '../shared/adapters/secrets/calabrio-secret.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { sqsMessageFates } from '../shared/adapters/sqs/message-fates.ts';
import { sqsClient } from '../shared/adapters/sqs/sqs-client.ts';
import { sqsWorkQueues } from '../shared/adapters/sqs/work-queues.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { queueWorker } from '../shared/runtime/queue-worker.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { calabrioStatus, readCalabrioStatusMessage } from './handler.ts';

const functionName = 'calabrio-status';

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const now = (): Date => new Date();
  const sqs = sqsClient();
  const secret = secretSource({
    client: secretsClient(),
    secretArn: env.CALABRIO_SECRET_ARN,
    schema: calabrioSecretSchema,
    now,
  });
  const report = reporter(functionName);
  return {
    functionName,
    read: readCalabrioStatusMessage,
    work: calabrioStatus({
      proveContactStatus: calabrioProveContactStatus(secret),
      ledger: dynamodbLedger(env.LEDGER_TABLE),
      inbox: dynamodbContactInbox(env.LEDGER_TABLE),
      queues: sqsWorkQueues(sqs, {
        'internal/delete-source': env.DELETE_SOURCE_QUEUE_URL,
        'internal/count-ingest': env.DELETE_SOURCE_QUEUE_URL,
        'internal/report-status': env.REPORT_STATUS_QUEUE_URL,
        'internal/relay-contact-status': env.REPORT_STATUS_QUEUE_URL,
      }),
      policy: env.POLICY,
      meter: report,
      now,
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
