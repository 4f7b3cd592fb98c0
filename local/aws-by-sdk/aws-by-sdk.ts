import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Clock } from '../clock.ts';
import type { CloudAws } from '../cloud/aws/cloud-aws.ts';
import { bucketMaker } from './buckets.ts';
import type { Emulator } from './emulator.ts';
import { feedByLongPolling } from './long-polling.ts';
import { queueMaker } from './queues.ts';
import { secretMaker } from './secrets.ts';

/** A cloud on somebody else's AWS, until it is closed. */
interface AwsBySdk extends CloudAws {
  /** Gives the connections back; what was made stays. */
  close(): void;
}

/**
 * A cloud on an emulator, reached by the SDK alone. Whoever is let in gets the emulator's one pair of keys, so policies
 * are enforced only if the emulator does it. The clock must be the machine's own, as the emulator's is.
 */
export function awsBySdk({ url, accessKeyId, secretAccessKey }: Emulator, region: string, clock: Clock): AwsBySdk {
  const settings = { endpoint: url, region, credentials: { accessKeyId, secretAccessKey } };
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const sqs = new SQSClient(settings);
  const secrets = new SecretsManagerClient(settings);
  const ssm = new SSMClient(settings);
  const queues = queueMaker(sqs, url);
  return {
    url,
    letIn: () => ({ accessKeyId, secretAccessKey }),
    createBucket: bucketMaker(s3, region),
    createQueue: queues.create,
    createSecret: secretMaker(secrets),
    async putParameter(Name, Value) {
      await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
    },
    feed: (queueArn, worker) => feedByLongPolling({ sqs, queueUrl: queues.urlOf(queueArn), clock, worker }),
    deleteMessage: queues.deleteMessage,
    isDrained: queues.isDrained,
    close() {
      for (const client of [s3, sqs, secrets, ssm]) client.destroy();
    },
  };
}
