import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/report-status/env.ts';
import { targetsDisabled } from '../constructs/function-metrics.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { RunbookAlarm } from '../constructs/runbook-alarm.ts';
import { readSecrets, sendTo, useDataKey, useLedger } from '../permissions.ts';
import { reportTargetsText } from '../policy.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** Sends contact statuses, signed, to whoever the stage names; each target by a message of its own. */
export class ReportStatus extends QueueWorker {
  constructor(scope: Construct, parts: PipelineParts) {
    const { stage, stateful } = parts;
    const own = stateful.workerQueues['report-status'];
    super(scope, 'ReportStatus', {
      ...commonProps(parts),
      name: 'report-status',
      queues: own,
      environment: {
        LEDGER_TABLE: stateful.ledgerTableName,
        REPORT_TARGETS_SECRET_ARN: stateful.reportTargetsSecretArn,
        REPORT_TARGETS: reportTargetsText(stage),
        REPORT_ADDRESSES: 'public',
        REPORT_STATUS_QUEUE_URL: own.queue.queueUrl,
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
      } satisfies EnvVars,
      permissions: [
        useLedger(stateful),
        useDataKey(scope, stateful),
        readSecrets(stateful.reportTargetsSecretArn),
        sendTo(own.queue, own.deadLetterQueue),
      ],
      memorySizeMegabytes: 512,
      batchSize: 5,
      maxConcurrency: stage.maxConcurrency['report-status'],
      oldestMessageAlarm: Duration.minutes(30),
      impact: {
        deadLetters:
          'A contact status did not reach its target in a day: whoever waits for it there does not know of the recording.',
        staleDeadLetters:
          'A contact status that was never delivered is about to expire: after 14 days it is gone for good.',
        retrying:
          'Most contact statuses are sent in vain: a target is down, or the secret of the targets is empty; they come late or not at all.',
        age: 'Contact statuses wait to be sent: their targets hear of recordings late.',
        errors: 'The function that sends contact statuses fails as a whole: targets hear nothing.',
        throttles: 'The function that sends contact statuses is not started: targets hear of recordings late.',
      },
    });
    new RunbookAlarm(scope, {
      alarming: parts.alarming,
      name: 'report-target-disabled',
      impact:
        'A target answered that it is gone for good and is sent nothing more: whoever waits for contact statuses there hears nothing.',
      metric: targetsDisabled(stage.name),
      when: { above: 0 },
    });
  }
}
