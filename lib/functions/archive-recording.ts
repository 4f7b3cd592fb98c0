import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/archive-recording/env.ts';
import { recordingsSealed, recordingsUnfit } from '../constructs/function-metrics.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { RunbookAlarm } from '../constructs/runbook-alarm.ts';
import { keepRecordings, seeWhatIsMissing, storeRecordings } from '../archive-permissions.ts';
import { readSecrets, sendTo, useDataKey, useLedger } from '../permissions.ts';
import { retentionFolder } from '../retention-config.ts';
import { stagePolicyText } from '../policy.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** Copies recordings and proves the copies. It plans what may follow, and deletes nothing. */
export class ArchiveRecording extends QueueWorker {
  constructor(scope: Construct, parts: PipelineParts) {
    const { stage, stateful } = parts;
    const { workerQueues, quarantineQueue, twilioSecretArn, recordingKeysSecretArn } = stateful;
    const own = workerQueues['archive-recording'];
    const link = workerQueues['link-recording'].queue;
    const calabrio = workerQueues['calabrio-status'].queue;
    const [deletion, report] = [workerQueues['delete-source'].queue, workerQueues['report-status'].queue];
    super(scope, 'ArchiveRecording', {
      ...commonProps(parts),
      name: 'archive-recording',
      files: retentionFolder.files(),
      queues: own,
      environment: {
        LEDGER_TABLE: stateful.ledgerTableName,
        ARCHIVE_BUCKET: stateful.archiveBucketName,
        TWILIO_SECRET_ARN: twilioSecretArn,
        ACCOUNT_SID: stage.twilio.accountSid,
        PUBLIC_URL: parts.publicUrl,
        LINK_RECORDING_QUEUE_URL: link.queueUrl,
        CALABRIO_STATUS_QUEUE_URL: calabrio.queueUrl,
        DELETE_SOURCE_QUEUE_URL: deletion.queueUrl,
        REPORT_STATUS_QUEUE_URL: report.queueUrl,
        RECORDING_KEYS_SECRET_ARN: recordingKeysSecretArn,
        ENCRYPTED_RECORDINGS: stage.encryptedRecordings,
        RETENTION_CONFIG: stage.retention.config,
        POLICY: stagePolicyText(stage),
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
        QUARANTINE_QUEUE_URL: quarantineQueue.queueUrl,
      } satisfies EnvVars,
      permissions: [
        storeRecordings(stateful),
        ...keepRecordings(stateful),
        seeWhatIsMissing(stateful),
        useLedger(stateful),
        useDataKey(scope, stateful),
        readSecrets(twilioSecretArn, recordingKeysSecretArn),
        sendTo(link, calabrio, deletion, report, own.deadLetterQueue, quarantineQueue),
      ],
      memorySizeMegabytes: 512,
      // Buffers of a stream die young: collected early, a copy of 460 MB stays some 40 MB above the idle function
      // (measured, bench/); with V8's default they wait for a larger nursery to fill, and it is twice that.
      nodeOptions: '--max-semi-space-size=1',
      batchSize: 1,
      maxConcurrency: stage.maxConcurrency['archive-recording'],
      oldestMessageAlarm: Duration.minutes(30),
      impact: {
        deadLetters: 'A recording could not be archived: it is at Twilio only, and its link does not play.',
        staleDeadLetters:
          'The message of a recording that was not archived is about to expire: after 14 days it is gone for good.',
        retrying:
          'Most copies are begun and given up: Twilio, S3 or the ledger is not there, and recordings stay at Twilio only.',
        age: 'Recordings wait to be archived: links that are already on tasks answer "come again later".',
        errors: 'The function that archives recordings fails as a whole: recordings stay at Twilio only.',
        throttles: 'The function that archives recordings is not started: recordings wait at Twilio.',
      },
    });
    addAlarms(scope, parts);
  }
}

function addAlarms(scope: Construct, { alarming, stage }: PipelineParts): void {
  new RunbookAlarm(scope, {
    alarming,
    name: 'recordings-sealed',
    impact:
      'Recordings were encrypted with a key of which we have no private half: their ciphertext is archived, and nobody can listen to them.',
    metric: recordingsSealed(stage.name),
    when: { above: 0 },
  });
  new RunbookAlarm(scope, {
    alarming,
    name: 'recordings-unfit',
    impact:
      'Encrypted recordings do not open with the key that they name: they are not archived, and their sound is at Twilio only.',
    metric: recordingsUnfit(stage.name),
    when: { above: 0 },
  });
}
