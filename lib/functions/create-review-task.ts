import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/create-review-task/env.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { readSecrets, sendTo, useDataKey, useLedger } from '../permissions.ts';
import type { ReviewTaskSettings } from '../review-task-settings.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** Makes a review task, with the playback link on it, for each past call that an agent has to listen to. */
export class CreateReviewTask extends QueueWorker {
  constructor(scope: Construct, parts: PipelineParts, reviewTasks: ReviewTaskSettings) {
    const { stage, stateful, publicUrl } = parts;
    const { twilioSecretArn, linkKeysSecretArn } = stateful;
    const own = stateful.workerQueues['create-review-task'];
    super(scope, 'CreateReviewTask', {
      ...commonProps(parts),
      name: 'create-review-task',
      queues: own,
      environment: {
        LEDGER_TABLE: stateful.ledgerTableName,
        TWILIO_SECRET_ARN: twilioSecretArn,
        LINK_KEYS_SECRET_ARN: linkKeysSecretArn,
        WORKSPACE_SID: stage.twilio.workspaceSid,
        LINK_BASE_URL: publicUrl,
        REVIEW_WORKFLOW_SID: reviewTasks.workflowSid,
        REVIEW_TASK_CHANNEL: reviewTasks.taskChannel,
        REVIEW_PRIORITY: String(reviewTasks.priority),
        REVIEW_TIMEOUT_SECONDS: String(reviewTasks.timeoutSeconds),
        DEAD_LETTER_QUEUE_URL: own.deadLetterQueue.queueUrl,
      } satisfies EnvVars,
      permissions: [
        useLedger(stateful),
        useDataKey(scope, stateful),
        readSecrets(twilioSecretArn, linkKeysSecretArn),
        sendTo(own.deadLetterQueue),
      ],
      memorySizeMegabytes: 512,
      batchSize: 5,
      maxConcurrency: stage.maxConcurrency['create-review-task'],
      // A task is wanted as soon as its call ends and can be made when the recording is archived, which may take a while.
      oldestMessageAlarm: Duration.hours(1),
      impact: {
        deadLetters: 'A review task could not be made: nobody is asked to listen to that past call.',
        staleDeadLetters:
          'A review task that was never made is about to be forgotten: after 14 days its message is gone for good.',
        retrying:
          'Most review tasks are tried in vain: Twilio or the ledger is not there, or recordings are not archived; past calls wait to be processed.',
        age: 'Review tasks wait to be made: past calls are processed late.',
        errors: 'The function that makes review tasks fails as a whole: past calls are not processed.',
        throttles: 'The function that makes review tasks is not started: past calls are processed late.',
      },
    });
  }
}
