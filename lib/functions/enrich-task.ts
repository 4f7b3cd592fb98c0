import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/enrich-task/env.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { readSecrets, sendTo, useDataKey, useLedger } from '../permissions.ts';
import { stagePolicyText } from '../policy.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** Reads what happens to tasks, keeps it, and says what follows: attributes, recordings, links. */
export class EnrichTask extends QueueWorker {
  constructor(scope: Construct, parts: PipelineParts) {
    const { stage, stateful, publicUrl } = parts;
    const { workerQueues, quarantineQueue, twilioSecretArn } = stateful;
    const own = workerQueues['enrich-task'];
    const [archive, link] = [workerQueues['archive-recording'].queue, workerQueues['link-recording'].queue];
    const calabrio = workerQueues['calabrio-status'].queue;
    super(scope, 'EnrichTask', {
      ...commonProps(parts),
      name: 'enrich-task',
      queues: own,
      environment: {
        LEDGER_TABLE: stateful.ledgerTableName,
        TWILIO_SECRET_ARN: twilioSecretArn,
        ACCOUNT_SID: stage.twilio.accountSid,
        WORKSPACE_SID: stage.twilio.workspaceSid,
        PUBLIC_URL: publicUrl,
        LINK_BASE_URL: publicUrl,
        ENRICHMENT_MODE: stage.enrichmentMode,
        ENRICH_TASK_QUEUE_URL: own.queue.queueUrl,
        ARCHIVE_RECORDING_QUEUE_URL: archive.queueUrl,
        LINK_RECORDING_QUEUE_URL: link.queueUrl,
        CALABRIO_STATUS_QUEUE_URL: calabrio.queueUrl,
        POLICY: stagePolicyText(stage),
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
        QUARANTINE_QUEUE_URL: quarantineQueue.queueUrl,
      } satisfies EnvVars,
      permissions: [
        useLedger(stateful),
        useDataKey(scope, stateful),
        readSecrets(twilioSecretArn),
        sendTo(own.queue, archive, link, calabrio, own.deadLetterQueue, quarantineQueue),
      ],
      memorySizeMegabytes: 512,
      batchSize: 10,
      maxConcurrency: stage.maxConcurrency['enrich-task'],
      oldestMessageAlarm: Duration.minutes(3),
      impact: {
        deadLetters:
          'An event about a task could not be worked off: its attributes, recordings or link may be missing.',
        staleDeadLetters: 'An event that was put aside is about to expire: after 14 days it is gone for good.',
        retrying:
          'Most task events are taken and given back: something they need (Twilio, the ledger, a secret) is not there, and tasks go without link and attributes.',
        age: 'Events about tasks wait: links come too late for Flex Insights, which stops looking 120 s after a task ends.',
        errors: 'The function that reads task events fails as a whole: events wait, links come late or not at all.',
        throttles: 'The function that reads task events is not started: events wait, links come late.',
      },
    });
  }
}
