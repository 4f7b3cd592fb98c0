import { ArnFormat } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { constructId } from './naming.ts';
import type { WorkerName } from './naming.ts';
import { publishedValues } from './parameters.ts';
import type { ParameterName } from './parameters.ts';

/** A queue of the stateful stack and the one for its dead letters, as the pipeline sees them. */
export interface WorkerQueueReference {
  readonly queue: IQueue;
  readonly deadLetterQueue: IQueue;
}

/** The resources of the stateful stack, looked up at deployment by their published names. */
export interface StatefulReferences {
  readonly dataKeyArn: string;
  readonly archiveBucketName: string;
  readonly archiveBucketArn: string;
  readonly ledgerTableName: string;
  readonly ledgerTableArn: string;
  readonly twilioSecretArn: string;
  readonly linkKeysSecretArn: string;
  readonly calabrioSecretArn: string;
  readonly reportTargetsSecretArn: string;
  readonly subjectIndexKeySecretArn: string;
  readonly customerLookupSecretArn: string;
  readonly recordingKeysSecretArn: string;
  readonly smsCallersSecretArn: string;
  readonly workerQueues: Readonly<Record<WorkerName, WorkerQueueReference>>;
  readonly quarantineQueue: IQueue;
}

/** Where messages wait that no function works off. */
export function holdingQueues(of: StatefulReferences): readonly IQueue[] {
  return [...Object.values(of.workerQueues).map((worker) => worker.deadLetterQueue), of.quarantineQueue];
}

export function statefulReferences(stack: Stack, stageName: string): StatefulReferences {
  const value = publishedValues(stack, stageName);
  const queue = (id: string, name: ParameterName, url: ParameterName) =>
    Queue.fromQueueAttributes(stack, id, {
      queueArn: stack.formatArn({ service: 'sqs', resource: value(name) }),
      queueName: value(name),
      queueUrl: value(url),
    });
  const workerQueue = (name: WorkerName): WorkerQueueReference => ({
    queue: queue(`${constructId(name)}QueueReference`, `${name}-queue/name`, `${name}-queue/url`),
    deadLetterQueue: queue(
      `${constructId(name)}DeadLetterQueueReference`,
      `${name}-dead-letter-queue/name`,
      `${name}-dead-letter-queue/url`,
    ),
  });
  const archiveBucketName = value('archive-bucket/name');
  const ledgerTableName = value('ledger-table/name');
  return {
    dataKeyArn: value('data-key/arn'),
    archiveBucketName,
    archiveBucketArn: stack.formatArn({
      service: 's3',
      region: '',
      account: '',
      resource: archiveBucketName,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    }),
    ledgerTableName,
    ledgerTableArn: stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: ledgerTableName }),
    twilioSecretArn: value('twilio-secret/arn'),
    linkKeysSecretArn: value('link-keys-secret/arn'),
    calabrioSecretArn: value('calabrio-secret/arn'),
    reportTargetsSecretArn: value('report-targets-secret/arn'),
    subjectIndexKeySecretArn: value('subject-index-key-secret/arn'),
    recordingKeysSecretArn: value('recording-keys-secret/arn'),
    // Asked for by a stage with a customer lookup alone; a parameter that nothing refers to is one warning at each synth.
    get customerLookupSecretArn() {
      return value('customer-lookup-secret/arn');
    },
    // Likewise, by a stage with callers.
    get smsCallersSecretArn() {
      return value('sms-callers-secret/arn');
    },
    workerQueues: {
      'enrich-task': workerQueue('enrich-task'),
      'archive-recording': workerQueue('archive-recording'),
      'link-recording': workerQueue('link-recording'),
      'calabrio-status': workerQueue('calabrio-status'),
      'delete-source': workerQueue('delete-source'),
      'report-status': workerQueue('report-status'),
      'create-review-task': workerQueue('create-review-task'),
      'archive-transcript': workerQueue('archive-transcript'),
      'erase-subject': workerQueue('erase-subject'),
    },
    quarantineQueue: queue('QuarantineQueueReference', 'quarantine-queue/name', 'quarantine-queue/url'),
  };
}
