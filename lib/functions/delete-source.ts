import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/delete-source/env.ts';
import { breakerOpened, copiesDoubted, deletionsOfStrangers } from '../constructs/function-metrics.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { RunbookAlarm } from '../constructs/runbook-alarm.ts';
import { readRecordings, seeWhatIsMissing } from '../archive-permissions.ts';
import { readSecrets, sendTo, useDataKey, useLedger } from '../permissions.ts';
import { stagePolicyText } from '../policy.ts';
import type { Stage } from '../stage-settings.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/**
 * The one function that deletes sources at Twilio.
 *
 * Others hold the same Twilio secret and do not use it so: an API key knows no "may read recordings and not delete them",
 * so that no IAM statement can hold this promise. What holds it is the code, in which this function alone calls Twilio's
 * DELETE, and the ledger, without whose intent it does not. In the archive it may read and never write or delete.
 */
export class DeleteSource extends QueueWorker {
  constructor(scope: Construct, parts: PipelineParts) {
    const { stage, stateful } = parts;
    const { twilioSecretArn, calabrioSecretArn, recordingKeysSecretArn } = stateful;
    const own = stateful.workerQueues['delete-source'];
    const report = stateful.workerQueues['report-status'].queue;
    super(scope, 'DeleteSource', {
      ...commonProps(parts),
      name: 'delete-source',
      queues: own,
      environment: {
        LEDGER_TABLE: stateful.ledgerTableName,
        ARCHIVE_BUCKET: stateful.archiveBucketName,
        TWILIO_SECRET_ARN: twilioSecretArn,
        CALABRIO_SECRET_ARN: calabrioSecretArn,
        RECORDING_KEYS_SECRET_ARN: recordingKeysSecretArn,
        POLICY: stagePolicyText(stage),
        ...calabrioApi(stage),
        REPORT_STATUS_QUEUE_URL: report.queueUrl,
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
      } satisfies EnvVars,
      permissions: [
        readRecordings(stateful),
        seeWhatIsMissing(stateful),
        useLedger(stateful),
        useDataKey(scope, stateful),
        readSecrets(
          twilioSecretArn,
          recordingKeysSecretArn,
          ...(stage.calabrio === undefined ? [] : [calabrioSecretArn]),
        ),
        sendTo(report, own.deadLetterQueue),
      ],
      memorySizeMegabytes: 512,
      batchSize: 1,
      maxConcurrency: stage.maxConcurrency['delete-source'],
      oldestMessageAlarm: Duration.hours(1),
      impact: {
        deadLetters:
          'A source could not be deleted, though it may go: it stays at Twilio, and costs, until somebody looks.',
        staleDeadLetters:
          'The message of a deletion that was put aside is about to expire. The ledger still knows what is owed.',
        retrying:
          'Most deletions are begun and given up: Twilio, Calabrio’s API, the archive or the ledger is not there.',
        age: 'Sources that may go wait to be deleted: they stay at Twilio longer than the policy says.',
        errors: 'The function that deletes sources fails as a whole: sources stay at Twilio. Nothing is lost.',
        throttles: 'The function that deletes sources is not started: sources stay at Twilio. Nothing is lost.',
      },
    });
    addAlarms(scope, parts);
  }
}

/** The rate is for all containers together, so each has its share. Without a tenant nobody is asked anything. */
function calabrioApi({ calabrio, maxConcurrency }: Stage) {
  const requestsPerSecond = (calabrio?.api?.requestsPerSecond ?? 0) / maxConcurrency['delete-source'];
  return {
    CALABRIO_REQUESTS_PER_SECOND: requestsPerSecond.toFixed(3).replace(/\.?0+$/, ''),
    CALABRIO_METADATA_NAMES: JSON.stringify(calabrio?.metadataNames ?? {}),
    ...(calabrio?.api !== undefined && { CALABRIO_URL: calabrio.api.baseUrl }),
  };
}

function addAlarms(scope: Construct, { alarming, stage }: PipelineParts): void {
  new RunbookAlarm(scope, {
    alarming,
    name: 'archive-copy-doubted',
    impact:
      'A copy that was proved is missing from the archive or not what it was: the recording may be at Twilio only, and its link may not play.',
    metric: copiesDoubted(stage.name),
    when: { above: 0 },
  });
  new RunbookAlarm(scope, {
    alarming,
    name: 'deletion-breaker-opened',
    impact:
      'Too many of the last deletions were refused or found done by somebody else: nothing is deleted any more until a person closes the breaker.',
    metric: breakerOpened(stage.name),
    when: { above: 0 },
  });
  new RunbookAlarm(scope, {
    alarming,
    name: 'source-gone-external',
    impact: 'Somebody other than the pipeline deleted a recording at Twilio: if its copy was not verified, it is lost.',
    metric: deletionsOfStrangers(stage.name),
    when: { above: 0 },
  });
}
