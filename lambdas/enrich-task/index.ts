import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod/mini';
import { httpCustomerLookup } from '../shared/adapters/customers/http-customer-lookup.ts';
import { dynamodbConferenceRecords } from '../shared/adapters/dynamodb/conference-records.ts';
import { dynamodbContactInbox } from '../shared/adapters/dynamodb/contact-inbox.ts';
import { dynamodbControlRecords } from '../shared/adapters/dynamodb/control-records.ts';
import { dynamodbLedger } from '../shared/adapters/dynamodb/dynamodb-ledger.ts';
import { dynamodbIdentityMap } from '../shared/adapters/dynamodb/identity-map.ts';
import { dynamodbErasureRequests } from '../shared/adapters/dynamodb/erasure-requests.ts';
import { dynamodbSubjectIndex } from '../shared/adapters/dynamodb/subject-index.ts';
import { jsonataExpressions } from '../shared/adapters/expressions/jsonata-expressions.ts';
import { toE164In } from '../shared/adapters/phone/to-e164.ts';
import { customerLookupSecretSchema } from '../shared/adapters/secrets/customer-lookup-secret.ts';
import { secretSource } from '../shared/adapters/secrets/secret-source.ts';
import { secretsClient } from '../shared/adapters/secrets/secrets-client.ts';
import { hmacSubjectHash, subjectIndexKeySchema } from '../shared/adapters/secrets/subject-hash.ts';
import { twilioSecretSchema } from '../shared/adapters/secrets/twilio-secret.ts';
import { sqsMessageFates } from '../shared/adapters/sqs/message-fates.ts';
import { sqsClient } from '../shared/adapters/sqs/sqs-client.ts';
import { sqsWorkQueues } from '../shared/adapters/sqs/work-queues.ts';
import { twilioConferences } from '../shared/adapters/twilio/conferences.ts';
import { twilioProveSender } from '../shared/adapters/twilio/prove-sender.ts';
import { twilioRecordings } from '../shared/adapters/twilio/recordings.ts';
import { twilioTasks } from '../shared/adapters/twilio/tasks.ts';
import { twilioClient } from '../shared/adapters/twilio/twilio-client.ts';
import { twilioWorkers } from '../shared/adapters/twilio/workers.ts';
import { workspaceSid } from '../shared/domain/sids.ts';
import { readEnrichmentConfig } from '../shared/messages/enrichment-config.ts';
import { lazy } from '../shared/runtime/lazy.ts';
import { loadEnv } from '../shared/runtime/load-env.ts';
import { queueWorker } from '../shared/runtime/queue-worker.ts';
import { reporter } from '../shared/runtime/reporter.ts';
import { envSchema } from './env.ts';
import { enrichTask, readEnrichTaskMessage } from './handler.ts';
import { targetWorkerOf } from './target-worker.ts';

const functionName = 'enrich-task';

const parts = lazy(() => {
  const env = loadEnv(envSchema);
  const now = (): Date => new Date();
  const sqs = sqsClient();
  const secrets = secretsClient();
  const secretAt = <Schema extends z.ZodMiniType>(secretArn: string, schema: Schema) =>
    secretSource({ client: secrets, secretArn, schema, now });
  const secret = secretAt(env.TWILIO_SECRET_ARN, twilioSecretSchema);
  const twilio = twilioClient({ apiKey: secret, baseUrl: env.TWILIO_URL });
  const workers = twilioWorkers(twilio, workspaceSid(env.WORKSPACE_SID));
  const config = readEnrichmentConfig(
    readFileSync(join(__dirname, 'enrichment', `${env.ENRICHMENT_CONFIG}.json`), 'utf8'),
  );
  const toE164 = toE164In(config.defaultCountry);
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
        'internal/enrich-worker': env.ENRICH_TASK_QUEUE_URL,
        'internal/create-review-task': env.CREATE_REVIEW_TASK_QUEUE_URL,
        'internal/report-agent-state': env.REPORT_STATUS_QUEUE_URL,
        'internal/archive-recording': env.ARCHIVE_RECORDING_QUEUE_URL,
        'internal/link-recording': env.LINK_RECORDING_QUEUE_URL,
        'internal/match-contact-status': env.CALABRIO_STATUS_QUEUE_URL,
        'internal/archive-transcript': env.ARCHIVE_TRANSCRIPT_QUEUE_URL,
      }),
      inbox: dynamodbContactInbox(env.LEDGER_TABLE),
      subjectIndex: dynamodbSubjectIndex(env.LEDGER_TABLE),
      controls: dynamodbControlRecords(env.LEDGER_TABLE),
      erasures: dynamodbErasureRequests(env.LEDGER_TABLE),
      policy: env.POLICY,
      meter: report,
      now,
      accountSid: env.ACCOUNT_SID,
      workspaceSid: env.WORKSPACE_SID,
      linkBaseUrl: env.LINK_BASE_URL,
      reviewTasks: env.REVIEW_TASKS === 'on',
      products: env.PRODUCTS,
      linkTranscripts: env.LINK_TRANSCRIPTS === 'on',
      enrichmentMode: env.ENRICHMENT_MODE,
      hipaaMode: env.HIPAA_MODE === 'on',
      workerWrites: env.WORKER_WRITES === 'on',
      config,
      expressions: jsonataExpressions(),
      toE164,
      workers,
      targetWorker: targetWorkerOf({ workers, toE164, now }),
      conferences: twilioConferences(twilio),
      conferenceRecords: dynamodbConferenceRecords(env.LEDGER_TABLE),
      identityMap: dynamodbIdentityMap(env.LEDGER_TABLE),
      subjectHash: hmacSubjectHash(secretAt(env.SUBJECT_INDEX_KEY_SECRET_ARN, subjectIndexKeySchema)),
      customerLookup:
        env.CUSTOMER_LOOKUP === undefined || env.CUSTOMER_LOOKUP_SECRET_ARN === undefined
          ? undefined
          : httpCustomerLookup({
              ...env.CUSTOMER_LOOKUP,
              secret: secretAt(env.CUSTOMER_LOOKUP_SECRET_ARN, customerLookupSecretSchema),
              now,
            }),
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
