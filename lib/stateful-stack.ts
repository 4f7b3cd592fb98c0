import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ArchiveBucket } from './constructs/archive-bucket.ts';
import { LedgerTable } from './constructs/ledger-table.ts';
import { OperatorSecret } from './constructs/operator-secret.ts';
import { PlaybackDomain } from './constructs/playback-domain.ts';
import { HoldingQueue, WorkerQueue } from './constructs/worker-queue.ts';
import { functionTimeouts } from './function-timeouts.ts';
import { constructId } from './naming.ts';
import type { WorkerName } from './naming.ts';
import { publish } from './parameters.ts';
import type { Stage } from './stage-settings.ts';

interface StatefulStackProps extends StackProps {
  readonly stage: Stage;
}

/**
 * Everything that would be lost if it were made again: recordings, ledger, secrets, waiting messages, the links' host name.
 *
 * All of it is retained, also when the stack is deleted. A changed construct id here is a new, empty resource: the logical
 * ids are listed in test/infra/stateful-logical-ids.json, and a test holds them there.
 */
export class StatefulStack extends Stack {
  constructor(scope: Construct, id: string, props: StatefulStackProps) {
    super(scope, id, { ...props, terminationProtection: props.stage.production });
    const { stage } = props;
    const dataKey = new Key(this, 'DataKey', {
      description: `Recordings, ledger and secrets of the flex-task-pipeline, stage ${stage.name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { bucket } = new ArchiveBucket(this, 'Archive', { dataKey, parkedRetentionDays: stage.parkedRetentionDays });
    const ledger = new LedgerTable(this, 'Ledger', { dataKey });
    const enrichTask = this.workerQueue('enrich-task');
    const archiveRecording = this.workerQueue('archive-recording');
    const linkRecording = this.workerQueue('link-recording');
    const quarantine = new HoldingQueue(this, 'Quarantine');
    Validations.of(quarantine).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'No function works this queue off, so nothing can fail on it: its messages wait to be proved again, and reconcile moves the old ones away.',
    });
    if (stage.customDomain !== undefined) new PlaybackDomain(this, 'PlaybackDomain', stage.customDomain);

    this.keepPolicies();
    publish(this, stage.name, {
      'data-key/arn': dataKey.keyArn,
      'archive-bucket/name': bucket.bucketName,
      'ledger-table/name': ledger.tableName,
      ...this.secretParameters(dataKey),
      'enrich-task-queue/name': enrichTask.queue.queueName,
      'enrich-task-queue/url': enrichTask.queue.queueUrl,
      'enrich-task-dead-letter-queue/name': enrichTask.deadLetterQueue.queueName,
      'enrich-task-dead-letter-queue/url': enrichTask.deadLetterQueue.queueUrl,
      'archive-recording-queue/name': archiveRecording.queue.queueName,
      'archive-recording-queue/url': archiveRecording.queue.queueUrl,
      'archive-recording-dead-letter-queue/name': archiveRecording.deadLetterQueue.queueName,
      'archive-recording-dead-letter-queue/url': archiveRecording.deadLetterQueue.queueUrl,
      'link-recording-queue/name': linkRecording.queue.queueName,
      'link-recording-queue/url': linkRecording.queue.queueUrl,
      'link-recording-dead-letter-queue/name': linkRecording.deadLetterQueue.queueName,
      'link-recording-dead-letter-queue/url': linkRecording.deadLetterQueue.queueUrl,
      'quarantine-queue/name': quarantine.queueName,
      'quarantine-queue/url': quarantine.queueUrl,
    });
  }

  /** A retained bucket or queue without its policy would let in what the policy keeps out. */
  private keepPolicies(): void {
    for (const construct of this.node.findAll()) {
      if (construct instanceof CfnBucketPolicy || construct instanceof CfnQueuePolicy)
        construct.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
  }

  private workerQueue(name: WorkerName): WorkerQueue {
    return new WorkerQueue(this, constructId(name), { functionTimeout: functionTimeouts[name] });
  }

  private secretParameters(dataKey: Key) {
    const keyArn = dataKey.keyArn;
    const twilio = new OperatorSecret(this, 'Twilio', {
      description:
        'Twilio credentials: {"accountSid":"AC…","apiKeySid":"SK…","apiKeySecret":"…","authTokens":{"AC…":{"current":"…","previous":"…"}}}',
      keyArn,
      whyNotRotated:
        'Twilio issues these values; they are rotated there, with two tokens in force until every sender has changed.',
    });
    const linkKeys = new OperatorSecret(this, 'LinkKeys', {
      description: 'Keys of the playback links: {"signingKeyId":"k1","keys":{"k1":"<base64 of 32 random bytes>"}}',
      keyArn,
      whyNotRotated:
        'A ring: a new key is added and signs, the old ones stay as long as the links they signed. Replacing them would break links.',
    });
    const subjectIndexKey = new OperatorSecret(this, 'SubjectIndexKey', {
      description: 'Key of the index by customer: {"key":"<base64 of 32 random bytes>"}',
      keyArn,
      whyNotRotated:
        'Every entry of the index is made with this key; another key would lose the recordings of a customer.',
    });
    return {
      'twilio-secret/arn': twilio.arn,
      'link-keys-secret/arn': linkKeys.arn,
      'subject-index-key-secret/arn': subjectIndexKey.arn,
    };
  }
}
