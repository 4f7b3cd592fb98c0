import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/calabrio-status/env.ts';
import { completesThatFailed, contactStatusesUnmatched, quarantineShare } from '../constructs/function-metrics.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { RunbookAlarm } from '../constructs/runbook-alarm.ts';
import { readSecrets, sendTo, useDataKey, useLedger } from '../permissions.ts';
import { stagePolicyText } from '../policy.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** From which share of contact statuses on, in percent, a changed token is likelier than a stranger at the door. */
const REFUSED_SHARE_PERCENT = 5;

/**
 * Receives Calabrio's contact statuses, proves them by their token and tells the recordings that they are about.
 *
 * What it is told is a hint: it can make a recording one that may be deleted, never delete one.
 */
export class CalabrioStatus extends QueueWorker {
  constructor(scope: Construct, parts: PipelineParts) {
    const { stage, stateful } = parts;
    const { workerQueues, quarantineQueue, calabrioSecretArn } = stateful;
    const own = workerQueues['calabrio-status'];
    const [deletion, report] = [workerQueues['delete-source'].queue, workerQueues['report-status'].queue];
    super(scope, 'CalabrioStatus', {
      ...commonProps(parts),
      name: 'calabrio-status',
      queues: own,
      environment: {
        LEDGER_TABLE: stateful.ledgerTableName,
        CALABRIO_SECRET_ARN: calabrioSecretArn,
        POLICY: stagePolicyText(stage),
        DELETE_SOURCE_QUEUE_URL: deletion.queueUrl,
        REPORT_STATUS_QUEUE_URL: report.queueUrl,
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
        QUARANTINE_QUEUE_URL: quarantineQueue.queueUrl,
      } satisfies EnvVars,
      permissions: [
        useLedger(stateful),
        useDataKey(scope, stateful),
        readSecrets(calabrioSecretArn),
        sendTo(deletion, report, own.deadLetterQueue, quarantineQueue),
      ],
      memorySizeMegabytes: 512,
      batchSize: 10,
      maxConcurrency: stage.maxConcurrency['calabrio-status'],
      oldestMessageAlarm: Duration.minutes(30),
      impact: {
        deadLetters:
          'A contact status of Calabrio’s could not be worked off: its recording may stay at Twilio for ever. Nothing is lost.',
        staleDeadLetters:
          'A contact status that was put aside is about to expire: after 14 days nobody knows what Calabrio said.',
        retrying:
          'Most contact statuses are taken and given back: the ledger or the Calabrio secret is not there, and sources stay at Twilio.',
        age: 'Contact statuses wait: sources stay at Twilio longer than they should, and a FAILED is not noticed.',
        errors: 'The function that reads contact statuses fails as a whole: sources stay at Twilio. Nothing is lost.',
        throttles: 'The function that reads contact statuses is not started: they wait, and sources stay at Twilio.',
      },
    });
    addAlarms(scope, parts);
  }
}

function addAlarms(scope: Construct, { alarming, stage }: PipelineParts): void {
  new RunbookAlarm(scope, {
    alarming,
    name: 'contact-statuses-unmatched',
    impact:
      'Calabrio spoke of contacts that fit no recording for a day: those recordings are not confirmed, and their sources stay at Twilio.',
    metric: contactStatusesUnmatched(stage.name),
    when: { above: 0 },
  });
  new RunbookAlarm(scope, {
    alarming,
    name: 'complete-then-failed',
    impact:
      'Calabrio said COMPLETE of a contact and then FAILED: what it has is in doubt, and a source that was deleted in between may be in the archive only.',
    metric: completesThatFailed(stage.name),
    when: { above: 0 },
  });
  new RunbookAlarm(scope, {
    alarming,
    name: 'contact-statuses-refused',
    impact:
      'Many contact statuses are not proved to come from Calabrio and wait in quarantine: probably its URL holds an old token, and then no source is confirmed any more.',
    metric: quarantineShare(stage.name, 'calabrio-status'),
    when: { above: REFUSED_SHARE_PERCENT },
  });
}
