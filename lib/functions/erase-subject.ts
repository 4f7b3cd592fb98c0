import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/erase-subject/env.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { eraseFromArchive, seeWhatIsMissing, storeCertificates } from '../archive-permissions.ts';
import { eraseFromLedger, readSecrets, sendTo, takeFrom, useDataKey, useLedger } from '../permissions.ts';
import { holdingQueues } from '../stateful-references.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** The one function that takes anything out of the archive or the ledger for good, because somebody asked to be forgotten. */
export class EraseSubject extends QueueWorker {
  constructor(scope: Construct, parts: PipelineParts) {
    const { stage, stateful } = parts;
    const { twilioSecretArn, subjectIndexKeySecretArn } = stateful;
    const own = stateful.workerQueues['erase-subject'];
    const putAside = holdingQueues(stateful);
    super(scope, 'EraseSubject', {
      ...commonProps(parts),
      name: 'erase-subject',
      queues: own,
      environment: {
        LEDGER_TABLE: stateful.ledgerTableName,
        ARCHIVE_BUCKET: stateful.archiveBucketName,
        TWILIO_SECRET_ARN: twilioSecretArn,
        ACCOUNT_SID: stage.twilio.accountSid,
        OPENS_GOVERNANCE_LOCKS: stage.erasure.opensGovernanceLocks ? 'on' : 'off',
        PUT_ASIDE_QUEUE_URLS: JSON.stringify(putAside.map((queue) => queue.queueUrl)),
        SUBJECT_INDEX_KEY_SECRET_ARN: subjectIndexKeySecretArn,
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
      } satisfies EnvVars,
      permissions: [
        ...eraseFromArchive(stateful, stage.erasure),
        eraseFromLedger(stateful),
        storeCertificates(stateful),
        seeWhatIsMissing(stateful),
        takeFrom(...putAside),
        useLedger(stateful),
        useDataKey(scope, stateful),
        readSecrets(twilioSecretArn, subjectIndexKeySecretArn),
        sendTo(own.deadLetterQueue),
      ],
      memorySizeMegabytes: 512,
      batchSize: 1,
      maxConcurrency: stage.maxConcurrency['erase-subject'],
      oldestMessageAlarm: Duration.hours(1),
      impact: {
        deadLetters: 'An erasure could not be gone on with: somebody who asked to be forgotten is not.',
        staleDeadLetters:
          'The message of an erasure that was put aside is about to expire. The ledger still knows what is owed.',
        retrying:
          'Most erasures are begun and given up: Twilio, S3, a queue or the ledger is not there, and nobody is forgotten.',
        age: 'Erasures wait: somebody who asked to be forgotten is not yet.',
        errors: 'The function that erases fails as a whole: nobody who asks to be forgotten is.',
        throttles: 'The function that erases is not started: whoever asked to be forgotten waits.',
      },
    });
  }
}
