import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/reconcile/env.ts';
import { parameterPath } from '../parameters.ts';
import { queryLedgerIndex, sendTo, storeParkedMessages, sweep, useDataKey } from '../permissions.ts';
import { stagePolicyText } from '../policy.ts';
import type { Stage } from '../stage-settings.ts';
import { sweepText } from '../sweep-settings.ts';
import type { StatefulReferences } from '../stateful-references.ts';
import { BundledFunction } from './bundled-function.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { Alarming } from './runbook-alarm.ts';

interface ReconcileProps {
  readonly stage: Stage;
  readonly stateful: StatefulReferences;
  readonly alarming: Alarming;
}

/** Where what is due is sent again; deletions and reports follow from a plan, which these make anew. */
const resentTo = ['enrich-task', 'archive-recording', 'link-recording', 'calabrio-status'] as const;

/** Every five minutes: sends again what is due, and moves messages that lie too long to `parked/` in the archive bucket. */
export class Reconcile extends Construct {
  constructor(scope: Construct, id: string, props: ReconcileProps) {
    super(scope, id);
    const { stage } = props;
    const { function: handler } = new BundledFunction(this, 'Worker', {
      alarming: props.alarming,
      logRetentionDays: stage.logRetentionDays,
      name: 'reconcile',
      environment: environment(stage, props.stateful),
      permissions: this.permissions(props.stateful),
      memorySizeMegabytes: 512,
      impact: {
        errors:
          'What is waited for on purpose is not taken up again: recordings that were not ready stay at Twilio only, and put-aside messages near their end.',
        throttles: 'What is waited for on purpose is taken up late.',
      },
    });
    // For `npm run cli -- reconcile`, which does not wait for the schedule.
    new StringParameter(this, 'NameParameter', {
      parameterName: parameterPath(stage.name, 'reconcile-function/name'),
      stringValue: handler.functionName,
    });
    new Rule(this, 'Schedule', {
      description: 'Runs reconcile of the flex-task-pipeline',
      schedule: Schedule.rate(Duration.minutes(5)),
      // A run that did not come about is taken over by the next one; trying longer would only pile runs up.
      targets: [new LambdaFunction(handler, { retryAttempts: 2, maxEventAge: Duration.minutes(5) })],
    });
    new RunbookAlarm(this, {
      alarming: props.alarming,
      name: 'reconcile-not-running',
      impact:
        'Reconcile has not run for a quarter of an hour: whatever is waited for on purpose stays undone, and nobody else notices.',
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Invocations',
        dimensionsMap: { FunctionName: handler.functionName },
        statistic: Stats.SUM,
        period: Duration.minutes(15),
      }),
      when: { below: 1 },
    });
  }

  private permissions(of: StatefulReferences) {
    return [
      queryLedgerIndex(of, 'open'),
      useDataKey(this, of),
      storeParkedMessages(of),
      sendTo(...resentTo.map((name) => of.workerQueues[name].queue)),
      sweep(...Object.values(of.workerQueues).map((worker) => worker.deadLetterQueue), of.quarantineQueue),
    ];
  }
}

function environment(stage: Stage, of: StatefulReferences) {
  const { workerQueues } = of;
  return {
    LEDGER_TABLE: of.ledgerTableName,
    ARCHIVE_BUCKET: of.archiveBucketName,
    ENRICH_TASK_QUEUE_URL: workerQueues['enrich-task'].queue.queueUrl,
    ARCHIVE_RECORDING_QUEUE_URL: workerQueues['archive-recording'].queue.queueUrl,
    LINK_RECORDING_QUEUE_URL: workerQueues['link-recording'].queue.queueUrl,
    CALABRIO_STATUS_QUEUE_URL: workerQueues['calabrio-status'].queue.queueUrl,
    ENRICH_TASK_DEAD_LETTER_QUEUE_URL: workerQueues['enrich-task'].deadLetterQueue.queueUrl,
    ARCHIVE_RECORDING_DEAD_LETTER_QUEUE_URL: workerQueues['archive-recording'].deadLetterQueue.queueUrl,
    LINK_RECORDING_DEAD_LETTER_QUEUE_URL: workerQueues['link-recording'].deadLetterQueue.queueUrl,
    CALABRIO_STATUS_DEAD_LETTER_QUEUE_URL: workerQueues['calabrio-status'].deadLetterQueue.queueUrl,
    DELETE_SOURCE_DEAD_LETTER_QUEUE_URL: workerQueues['delete-source'].deadLetterQueue.queueUrl,
    REPORT_STATUS_DEAD_LETTER_QUEUE_URL: workerQueues['report-status'].deadLetterQueue.queueUrl,
    CREATE_REVIEW_TASK_DEAD_LETTER_QUEUE_URL: workerQueues['create-review-task'].deadLetterQueue.queueUrl,
    ARCHIVE_TRANSCRIPT_QUEUE_URL: workerQueues['archive-transcript'].queue.queueUrl,
    ERASE_SUBJECT_QUEUE_URL: workerQueues['erase-subject'].queue.queueUrl,
    ARCHIVE_TRANSCRIPT_DEAD_LETTER_QUEUE_URL: workerQueues['archive-transcript'].deadLetterQueue.queueUrl,
    ERASE_SUBJECT_DEAD_LETTER_QUEUE_URL: workerQueues['erase-subject'].deadLetterQueue.queueUrl,
    QUARANTINE_QUEUE_URL: of.quarantineQueue.queueUrl,
    TWILIO_SECRET_ARN: of.twilioSecretArn,
    ACCOUNT_SID: stage.twilio.accountSid,
    POLICY: stagePolicyText(stage),
    SWEEP: sweepText(stage.sweep),
  } satisfies EnvVars;
}
