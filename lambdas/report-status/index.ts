import { dynamodbControlRecords } from '../shared/adapters/dynamodb/control-records.ts';
import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { reportTargetsSecretSchema } from '../shared/adapters/secrets/report-targets-secret.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { sqsMessageFates } from '../shared/adapters/sqs/message-fates.ts';
import { sqsClient } from '../shared/adapters/sqs/sqs-client.ts';
import { sqsWorkQueues } from '../shared/adapters/sqs/work-queues.ts';
import { httpsWebhookSender } from '../shared/adapters/webhooks/https-webhook-sender.ts';
import { standardWebhookSigner } from '../shared/adapters/webhooks/standard-webhook-signer.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { queueWorker } from '../shared/runtime/queue-worker.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { readReportStatusMessage, reportStatus } from './handler.ts';

const functionName = 'report-status';

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const now = (): Date => new Date();
  const sqs = sqsClient();
  const secrets = secretSource({
    client: secretsClient(),
    secretArn: env.REPORT_TARGETS_SECRET_ARN,
    schema: reportTargetsSecretSchema,
    now,
  });
  const report = reporter(functionName);
  return {
    functionName,
    read: readReportStatusMessage,
    work: reportStatus({
      ledger: dynamodbLedger(env.LEDGER_TABLE),
      controls: dynamodbControlRecords(env.LEDGER_TABLE),
      queues: sqsWorkQueues(sqs, {
        'internal/report-status': env.REPORT_STATUS_QUEUE_URL,
        'internal/relay-contact-status': env.REPORT_STATUS_QUEUE_URL,
        'internal/report-agent-state': env.REPORT_STATUS_QUEUE_URL,
      }),
      signer: standardWebhookSigner(secrets),
      sender: httpsWebhookSender({ addresses: env.REPORT_ADDRESSES }),
      targets: env.REPORT_TARGETS,
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
