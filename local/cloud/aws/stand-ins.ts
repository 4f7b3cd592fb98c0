import { randomBytes } from 'node:crypto';
import type { LocalAws } from '../../aws/local-aws.ts';
import type { Clock } from '../../clock.ts';
import type { CloudAws, Credentials } from './cloud-aws.ts';
import { feedWhatIsVisible } from './visible-messages.ts';

/** A cloud on our own stand-ins: they enforce policies, and time may jump. */
export function onStandIns(aws: LocalAws, clock: Clock): CloudAws {
  return {
    url: aws.url,
    letIn(who) {
      const credentials = newCredentials();
      aws.addPrincipal({ ...who, ...credentials });
      return credentials;
    },
    createBucket: async (settings) => aws.s3.createBucket(settings),
    createQueue: async (settings) => aws.sqs.createQueue(settings),
    createSecret: async ({ name, secretString }) =>
      aws.secrets.createSecret({ name, value: { kind: 'string', secretString } }),
    putParameter: async (name, value) => aws.parameters.put(name, value),
    feed: (queueArn, worker) => feedWhatIsVisible(aws.sqs, clock, queueArn, worker),
    deleteMessage: async (queueArn, receiptHandle) => aws.sqs.delete(queueArn, receiptHandle),
    isDrained: async (queueArn) => Object.values(aws.sqs.depth(queueArn)).every((count) => count === 0),
  };
}

/** Fresh credentials; they are worth something only to the stand-ins of this run. */
function newCredentials(): Credentials {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const id = [...randomBytes(16)].map((byte) => letters[byte % letters.length]).join('');
  return { accessKeyId: `AKIA${id}`, secretAccessKey: randomBytes(30).toString('base64') };
}
