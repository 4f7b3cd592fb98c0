import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/archive-transcript/env.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { keepRecordings, seeWhatIsMissing, storeRecordings } from '../archive-permissions.ts';
import { readSecrets, sendTo, useDataKey, useLedger } from '../permissions.ts';
import { retentionFolder } from '../retention-config.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** Archives what was written in conversations, as data and as text that people read. */
export class ArchiveTranscript extends QueueWorker {
  constructor(scope: Construct, parts: PipelineParts) {
    const { stage, stateful } = parts;
    const own = stateful.workerQueues['archive-transcript'];
    super(scope, 'ArchiveTranscript', {
      ...commonProps(parts),
      name: 'archive-transcript',
      files: retentionFolder.files(),
      queues: own,
      environment: {
        LEDGER_TABLE: stateful.ledgerTableName,
        ARCHIVE_BUCKET: stateful.archiveBucketName,
        TWILIO_SECRET_ARN: stateful.twilioSecretArn,
        ACCOUNT_SID: stage.twilio.accountSid,
        RETENTION_CONFIG: stage.retention.config,
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
      } satisfies EnvVars,
      permissions: [
        storeRecordings(stateful),
        ...keepRecordings(stateful),
        seeWhatIsMissing(stateful),
        useLedger(stateful),
        useDataKey(scope, stateful),
        readSecrets(stateful.twilioSecretArn),
        sendTo(own.deadLetterQueue),
      ],
      memorySizeMegabytes: 512,
      batchSize: 1,
      maxConcurrency: stage.maxConcurrency['archive-transcript'],
      oldestMessageAlarm: Duration.minutes(30),
      impact: {
        deadLetters: 'A transcript could not be archived: what was written is at Twilio only.',
        staleDeadLetters:
          'The message of a transcript that was not archived is about to expire: after 14 days it is gone for good.',
        retrying:
          'Most transcripts are begun and given up: Twilio, S3 or the ledger is not there, and what was written stays at Twilio only.',
        age: 'Transcripts wait to be archived: what was written is at Twilio only.',
        errors: 'The function that archives transcripts fails as a whole: what was written stays at Twilio only.',
        throttles: 'The function that archives transcripts is not started: transcripts wait at Twilio.',
      },
    });
  }
}
