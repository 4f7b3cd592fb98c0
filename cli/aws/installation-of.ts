import { createPrivateKey } from 'node:crypto';
import { GetBucketVersioningCommand, GetObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { PipelineNames } from './pipeline-names.ts';
import type { Installation, RecordingKeySize } from '../installation.ts';
import { errorName, s3Failure } from '../../lambdas/shared/adapters/s3/s3-errors.ts';
import { calabrioSecretSchema } from '../../lambdas/shared/adapters/secrets/calabrio-secret.ts';
import { linkKeysSchema } from '../../lambdas/shared/adapters/secrets/link-keys.ts';
import { recordingKeysSchema } from '../../lambdas/shared/adapters/secrets/recording-keys.ts';
import { secretSource } from '../../lambdas/shared/adapters/secrets/secret-source.ts';
import { sqsCall } from '../../lambdas/shared/adapters/sqs/sqs-call.ts';

interface Clients {
  readonly secrets: SecretsManagerClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly calabrioUrl: string | undefined;
  readonly now: () => Date;
}

/** How the pipeline of these names is set up; each method asks AWS anew. */
export function installationOf(names: PipelineNames, { secrets, s3, sqs, calabrioUrl, now }: Clients): Installation {
  const Bucket = names.archiveBucket;
  const from = { client: secrets, now };
  const linkKeys = secretSource({ ...from, secretArn: names.linkKeysSecretArn, schema: linkKeysSchema });
  const recordingKeys = secretSource({
    ...{ ...from, secretArn: names.recordingKeysSecretArn },
    ...{ schema: recordingKeysSchema, whenEmpty: {} },
  });
  return {
    async linkKeyIds() {
      const { signingKeyId, keys } = (await linkKeys.fresh()).reveal();
      return { signingKeyId, keyIds: Object.keys(keys) };
    },
    async recordingKeys() {
      const { keys = {} } = (await recordingKeys.fresh()).reveal();
      return Object.entries(keys).map(([sid, pem]) => sizeOf(sid, pem));
    },
    calabrioSecret: secretSource({ ...from, secretArn: names.calabrioSecretArn, schema: calabrioSecretSchema }),
    calabrioUrl,
    async isVersioned() {
      const said = await s3Answer('GetBucketVersioning', Bucket, () =>
        s3.send(new GetBucketVersioningCommand({ Bucket })),
      );
      return said?.Status === 'Enabled';
    },
    async canLock() {
      const command = new GetObjectLockConfigurationCommand({ Bucket });
      const said = await s3Answer('GetBucketObjectLockConfiguration', Bucket, () => s3.send(command));
      return said?.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
    },
    putAside: (of) => depthOf(sqs, names.queueUrls[of === 'quarantine' ? of : (`${of}-dead-letters` as const)]),
  };
}

/** OpenSSL's own words are dropped on purpose: they must not quote a key. */
function sizeOf(sid: string, pem: string): RecordingKeySize {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    return { sid, bits: asymmetricKeyType === 'rsa' ? asymmetricKeyDetails?.modulusLength : undefined };
  } catch {
    return { sid, bits: undefined };
  }
}

/** Undefined where the bucket has no such setting at all. */
async function s3Answer<T>(action: string, bucket: string, ask: () => Promise<T>): Promise<T | undefined> {
  return await ask().catch((cause: unknown) => {
    if (errorName(cause) === 'ObjectLockConfigurationNotFoundError') return undefined;
    throw s3Failure(action, bucket, cause);
  });
}

async function depthOf(sqs: SQSClient, queueUrl: string): Promise<number> {
  const command = new GetQueueAttributesCommand({
    QueueUrl: queueUrl,
    AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
  });
  const { Attributes = {} } = await sqsCall('say how many messages were put aside', () => sqs.send(command));
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}
