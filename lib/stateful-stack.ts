import { Annotations, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
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
import { stageRetention } from './retention-config.ts';
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
    const { rules, warnings } = stageRetention(stage);
    for (const warning of warnings) Annotations.of(this).addWarningV2('flex-task-pipeline:retention-config', warning);
    const { bucket } = new ArchiveBucket(this, 'Archive', {
      dataKey,
      parkedRetentionDays: stage.parkedRetentionDays,
      retentionRules: rules,
    });
    const ledger = new LedgerTable(this, 'Ledger', { dataKey });
    const workerQueues = {
      'enrich-task': this.workerQueue('enrich-task'),
      'archive-recording': this.workerQueue('archive-recording'),
      'link-recording': this.workerQueue('link-recording'),
      'calabrio-status': this.workerQueue('calabrio-status'),
      'delete-source': this.workerQueue('delete-source'),
      'report-status': this.workerQueue('report-status'),
      'create-review-task': this.workerQueue('create-review-task'),
      'archive-transcript': this.workerQueue('archive-transcript'),
      'erase-subject': this.workerQueue('erase-subject'),
    };
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
      ...queueParameters(workerQueues),
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
      description: 'Key of the identity map: {"key":"<base64 of 32 random bytes>"}',
      keyArn,
      whyNotRotated:
        'Every entry of the identity map is made with this key; with another one every customer would be new.',
    });
    const calabrio = new OperatorSecret(this, 'Calabrio', {
      description:
        'Calabrio’s webhook tokens and API user: {"webhookTokens":{"current":"<at least 20 characters>","previous":"…"},"basic":{"username":"…","password":"…"},"api":{"userId":"…","password":"…"}}; previous, basic and api only where there are any',
      keyArn,
      whyNotRotated:
        'The token is a part of the URL that a person types into Calabrio; two are accepted while that URL is changed.',
    });
    const reportTargets = new OperatorSecret(this, 'ReportTargets', {
      description:
        'Signing secrets of the report targets: {"<name of the target>":"whsec_<base64 of 24 to 64 random bytes>"}',
      keyArn,
      whyNotRotated: 'Each is shared with whoever receives there, and is changed on both sides together.',
    });
    const customerLookup = new OperatorSecret(this, 'CustomerLookup', {
      description:
        'Headers of the customer lookup, such as {"headers":{"authorization":"Bearer …"}}; left empty where a stage looks no customer up',
      keyArn,
      whyNotRotated: 'Whoever runs the customer data issues these values; they are changed there first.',
    });
    const recordingKeys = new OperatorSecret(this, 'RecordingKeys', {
      description:
        'Private keys of Twilio’s voice recording encryption, PKCS8 in PEM, by the public key’s SID: {"keys":{"CR…":"-----BEGIN PRIVATE KEY-----\\n…"}}; left empty where recordings are not encrypted',
      keyArn,
      whyNotRotated:
        'A ring: a recording opens with the key it was encrypted for and no other, so an old key stays as long as anything that it opens.',
    });
    const smsCallers = new OperatorSecret(this, 'SmsCallers', {
      description:
        'Bearer tokens of those who may have messages sent, by the caller’s name: {"callers":{"crm":{"current":"<at least 32 characters>","previous":"…"}}}; previous only while a token is changed; left empty where a stage sends no messages',
      keyArn,
      whyNotRotated: 'Each is shared with whoever calls, and is changed on both sides, with two in force meanwhile.',
    });
    return {
      'twilio-secret/arn': twilio.arn,
      'link-keys-secret/arn': linkKeys.arn,
      'subject-index-key-secret/arn': subjectIndexKey.arn,
      'calabrio-secret/arn': calabrio.arn,
      'report-targets-secret/arn': reportTargets.arn,
      'customer-lookup-secret/arn': customerLookup.arn,
      'recording-keys-secret/arn': recordingKeys.arn,
      'sms-callers-secret/arn': smsCallers.arn,
    };
  }
}

function queueParameters(of: Readonly<Record<WorkerName, WorkerQueue>>) {
  return {
    'enrich-task-queue/name': of['enrich-task'].queue.queueName,
    'enrich-task-queue/url': of['enrich-task'].queue.queueUrl,
    'enrich-task-dead-letter-queue/name': of['enrich-task'].deadLetterQueue.queueName,
    'enrich-task-dead-letter-queue/url': of['enrich-task'].deadLetterQueue.queueUrl,
    'archive-recording-queue/name': of['archive-recording'].queue.queueName,
    'archive-recording-queue/url': of['archive-recording'].queue.queueUrl,
    'archive-recording-dead-letter-queue/name': of['archive-recording'].deadLetterQueue.queueName,
    'archive-recording-dead-letter-queue/url': of['archive-recording'].deadLetterQueue.queueUrl,
    'link-recording-queue/name': of['link-recording'].queue.queueName,
    'link-recording-queue/url': of['link-recording'].queue.queueUrl,
    'link-recording-dead-letter-queue/name': of['link-recording'].deadLetterQueue.queueName,
    'link-recording-dead-letter-queue/url': of['link-recording'].deadLetterQueue.queueUrl,
    'calabrio-status-queue/name': of['calabrio-status'].queue.queueName,
    'calabrio-status-queue/url': of['calabrio-status'].queue.queueUrl,
    'calabrio-status-dead-letter-queue/name': of['calabrio-status'].deadLetterQueue.queueName,
    'calabrio-status-dead-letter-queue/url': of['calabrio-status'].deadLetterQueue.queueUrl,
    'delete-source-queue/name': of['delete-source'].queue.queueName,
    'delete-source-queue/url': of['delete-source'].queue.queueUrl,
    'delete-source-dead-letter-queue/name': of['delete-source'].deadLetterQueue.queueName,
    'delete-source-dead-letter-queue/url': of['delete-source'].deadLetterQueue.queueUrl,
    'report-status-queue/name': of['report-status'].queue.queueName,
    'report-status-queue/url': of['report-status'].queue.queueUrl,
    'report-status-dead-letter-queue/name': of['report-status'].deadLetterQueue.queueName,
    'report-status-dead-letter-queue/url': of['report-status'].deadLetterQueue.queueUrl,
    'create-review-task-queue/name': of['create-review-task'].queue.queueName,
    'create-review-task-queue/url': of['create-review-task'].queue.queueUrl,
    'create-review-task-dead-letter-queue/name': of['create-review-task'].deadLetterQueue.queueName,
    'create-review-task-dead-letter-queue/url': of['create-review-task'].deadLetterQueue.queueUrl,
    'archive-transcript-queue/name': of['archive-transcript'].queue.queueName,
    'archive-transcript-queue/url': of['archive-transcript'].queue.queueUrl,
    'archive-transcript-dead-letter-queue/name': of['archive-transcript'].deadLetterQueue.queueName,
    'archive-transcript-dead-letter-queue/url': of['archive-transcript'].deadLetterQueue.queueUrl,
    'erase-subject-queue/name': of['erase-subject'].queue.queueName,
    'erase-subject-queue/url': of['erase-subject'].queue.queueUrl,
    'erase-subject-dead-letter-queue/name': of['erase-subject'].deadLetterQueue.queueName,
    'erase-subject-dead-letter-queue/url': of['erase-subject'].deadLetterQueue.queueUrl,
  };
}
