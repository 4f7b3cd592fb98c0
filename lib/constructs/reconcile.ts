import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/reconcile/env.ts';
import { parameterPath } from '../parameters.ts';
import { seeWhatIsMissing, storeParkedMessages, storeReports } from '../archive-permissions.ts';
import { queryLedgerIndex, readSecrets, sendTo, takeFrom, useDataKey, useLedger } from '../permissions.ts';
import { stagePolicyText } from '../policy.ts';
import type { Stage } from '../stage-settings.ts';
import { sweepText } from '../sweep-settings.ts';
import { holdingQueues } from '../stateful-references.ts';
import type { StatefulReferences } from '../stateful-references.ts';
import { BundledFunction } from './bundled-function.ts';
import { missingRecordings, orphanObjects, recordingGaps } from './function-metrics.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { Alarming } from './runbook-alarm.ts';

interface ReconcileProps {
  readonly stage: Stage;
  readonly stateful: StatefulReferences;
  readonly alarming: Alarming;
}

/** Where what is due is sent again; deletions and reports follow from a plan, which these make anew. */
const resentTo = [
  'enrich-task',
  'archive-recording',
  'link-recording',
  'calabrio-status',
  'archive-transcript',
  'erase-subject',
] as const;

/**
 * Every five minutes: sends again what is due, and moves messages that lie too long to `parked/` in the archive bucket. Once
 * a day besides: compares Twilio's recordings with the ledger and the archive.
 */
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
    new Rule(this, 'DailySchedule', {
      description: 'Has reconcile of the flex-task-pipeline compare recordings',
      // In UTC: after the UTC day, whose recordings it reads by, and before Europe begins to work.
      schedule: Schedule.cron({ hour: '2', minute: '15' }),
      targets: [
        new LambdaFunction(handler, {
          event: RuleTargetInput.fromObject({ run: 'daily' }),
          retryAttempts: 2,
          maxEventAge: Duration.hours(1),
        }),
      ],
    });
    addFindingAlarms(this, props);
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
      useLedger(of),
      queryLedgerIndex(of, 'open'),
      queryLedgerIndex(of, 'by-day'),
      useDataKey(this, of),
      readSecrets(of.twilioSecretArn),
      seeWhatIsMissing(of),
      storeParkedMessages(of),
      storeReports(of),
      sendTo(...resentTo.map((name) => of.workerQueues[name].queue)),
      takeFrom(...holdingQueues(of)),
    ];
  }
}

/** What the daily comparison found. That a stranger deleted at Twilio is an alarm of its own (`source-gone-external`). */
function addFindingAlarms(scope: Construct, { stage, alarming }: ReconcileProps): void {
  new RunbookAlarm(scope, {
    alarming,
    name: 'recordings-missing',
    impact:
      'Twilio has recordings of the day before that the archive still lacks: they are at Twilio only, and whatever deletes there by age would lose them.',
    metric: missingRecordings(stage.name),
    when: { above: 0 },
  });
  new RunbookAlarm(scope, {
    alarming,
    name: 'orphan-objects',
    impact:
      'The archive holds objects that no record speaks of: no retention, hold or erasure ever reaches them, and they may be about people.',
    metric: orphanObjects(stage.name),
    when: { above: 0 },
  });
  new RunbookAlarm(scope, {
    alarming,
    name: 'recording-gaps',
    impact:
      'A queue whose calls are recorded has fewer recordings than calls: what was not recorded is not there to be archived, nor for anybody.',
    metric: recordingGaps(stage.name),
    when: { above: 0 },
  });
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
    ARCHIVE_TRANSCRIPT_QUEUE_URL: workerQueues['archive-transcript'].queue.queueUrl,
    ERASE_SUBJECT_QUEUE_URL: workerQueues['erase-subject'].queue.queueUrl,
    PUT_ASIDE_QUEUE_NAMES: JSON.stringify(holdingQueues(of).map((queue) => queue.queueName)),
    TWILIO_SECRET_ARN: of.twilioSecretArn,
    ACCOUNT_SID: stage.twilio.accountSid,
    POLICY: stagePolicyText(stage),
    SWEEP: sweepText(stage.sweep),
    LINK_MODE: stage.linkMode,
  } satisfies EnvVars;
}
