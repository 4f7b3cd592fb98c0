import { Annotations, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/enrich-task/env.ts';
import { lookupsInVainShare, rulesFailed, secretsInAttributes } from '../constructs/function-metrics.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { RunbookAlarm } from '../constructs/runbook-alarm.ts';
import { enrichmentFolder, enrichmentWarnings } from '../enrichment-config.ts';
import { customerLookupText } from '../enrichment-settings.ts';
import { readSecrets, sendTo, useDataKey, useLedger } from '../permissions.ts';
import { stagePolicyText } from '../policy.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** Reads what happens to tasks, keeps it, and says what follows: attributes, recordings, links. */
export class EnrichTask extends QueueWorker {
  constructor(scope: Construct, parts: PipelineParts) {
    const { stage, stateful, publicUrl } = parts;
    const warnings = enrichmentWarnings(stage);
    const { workerQueues, quarantineQueue, twilioSecretArn, subjectIndexKeySecretArn } = stateful;
    const own = workerQueues['enrich-task'];
    const [archive, link] = [workerQueues['archive-recording'].queue, workerQueues['link-recording'].queue];
    const calabrio = workerQueues['calabrio-status'].queue;
    const [review, report] = [workerQueues['create-review-task'].queue, workerQueues['report-status'].queue];
    const transcript = workerQueues['archive-transcript'].queue;
    super(scope, 'EnrichTask', {
      ...commonProps(parts),
      name: 'enrich-task',
      files: enrichmentFolder.files(),
      queues: own,
      environment: {
        LEDGER_TABLE: stateful.ledgerTableName,
        TWILIO_SECRET_ARN: twilioSecretArn,
        SUBJECT_INDEX_KEY_SECRET_ARN: subjectIndexKeySecretArn,
        ACCOUNT_SID: stage.twilio.accountSid,
        WORKSPACE_SID: stage.twilio.workspaceSid,
        PUBLIC_URL: publicUrl,
        LINK_BASE_URL: publicUrl,
        ...enrichment(parts),
        ENRICH_TASK_QUEUE_URL: own.queue.queueUrl,
        ARCHIVE_RECORDING_QUEUE_URL: archive.queueUrl,
        LINK_RECORDING_QUEUE_URL: link.queueUrl,
        CALABRIO_STATUS_QUEUE_URL: calabrio.queueUrl,
        CREATE_REVIEW_TASK_QUEUE_URL: review.queueUrl,
        REPORT_STATUS_QUEUE_URL: report.queueUrl,
        ARCHIVE_TRANSCRIPT_QUEUE_URL: transcript.queueUrl,
        PRODUCTS: stage.products,
        LINK_TRANSCRIPTS: stage.linkTranscripts ? 'on' : 'off',
        POLICY: stagePolicyText(stage),
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
        QUARANTINE_QUEUE_URL: quarantineQueue.queueUrl,
      } satisfies EnvVars,
      permissions: [
        useLedger(stateful),
        useDataKey(scope, stateful),
        readSecrets(twilioSecretArn, subjectIndexKeySecretArn, ...lookupSecrets(parts)),
        sendTo(own.queue, archive, link, calabrio, review, report, transcript, own.deadLetterQueue, quarantineQueue),
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
    for (const warning of warnings) Annotations.of(this).addWarningV2('flex-task-pipeline:enrichment-config', warning);
    addAlarms(scope, parts);
  }
}

const onOrOff = (is: boolean): 'on' | 'off' => (is ? 'on' : 'off');

function enrichment({ stage, stateful }: PipelineParts) {
  const { mode, config, hipaaMode, workerWrites, customerLookup } = stage.enrichment;
  return {
    ENRICHMENT_MODE: mode,
    ENRICHMENT_CONFIG: config,
    HIPAA_MODE: onOrOff(hipaaMode),
    WORKER_WRITES: onOrOff(workerWrites),
    REVIEW_TASKS: onOrOff(stage.reviewTasks !== undefined),
    ...(customerLookup !== undefined && {
      CUSTOMER_LOOKUP: customerLookupText(customerLookup, 'public'),
      CUSTOMER_LOOKUP_SECRET_ARN: stateful.customerLookupSecretArn,
    }),
  };
}

/** The secret is there for every stage; only who asks for customers may read it. */
function lookupSecrets({ stage, stateful }: PipelineParts): readonly string[] {
  return stage.enrichment.customerLookup === undefined ? [] : [stateful.customerLookupSecretArn];
}

/** From which share of customer lookups in vain on, in percent, the other side is down rather than slow. */
const LOOKUPS_IN_VAIN_PERCENT = 20;

function addAlarms(scope: Construct, { alarming, stage }: PipelineParts): void {
  new RunbookAlarm(scope, {
    alarming,
    name: 'secrets-in-attributes',
    impact:
      'Attributes of tasks or workers hold what looks like a credential: every supervisor, report and event consumer can read it.',
    metric: secretsInAttributes(stage.name),
    when: { above: 0 },
  });
  new RunbookAlarm(scope, {
    alarming,
    name: 'rules-failed',
    impact:
      'An expression of the enrichment configuration ends in an error: its attribute is missing from reports, all others are written.',
    metric: rulesFailed(stage.name),
    when: { above: 0 },
  });
  if (stage.enrichment.customerLookup === undefined) return;
  new RunbookAlarm(scope, {
    alarming,
    name: 'customer-lookups-unavailable',
    impact:
      'The customer data is not reached: attributes that come from it are missing from reports, all others are written.',
    metric: lookupsInVainShare(stage.name),
    when: { above: LOOKUPS_IN_VAIN_PERCENT },
    periods: 2,
  });
}
