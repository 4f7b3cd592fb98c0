import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { CloudAws } from '../cloud/aws/cloud-aws.ts';

interface QueueMaker {
  /** Makes the queue; one that is there keeps its messages and gets the attributes. */
  readonly create: CloudAws['createQueue'];
  readonly deleteMessage: CloudAws['deleteMessage'];
  readonly isDrained: CloudAws['isDrained'];
  /** @throws {Error} for a queue that was not made here. */
  urlOf(queueArn: string): string;
}

const counts = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/**
 * Queues at `endpoint`; their URLs lead there, whatever host the emulator names in them. They are known by name alone,
 * because a template may put an ARN together from an account and a region that the emulator does not have.
 */
export function queueMaker(sqs: SQSClient, endpoint: string): QueueMaker {
  const urls = new Map<string, string>();
  const urlOf = (queueArn: string): string => {
    const url = urls.get(queueArn.split(':').at(-1) ?? '');
    if (url === undefined) throw new Error(`the queue ${queueArn} was not made by this run`);
    return url;
  };
  return {
    urlOf,
    async create({ name, attributes = {} }) {
      const url = new URL(new URL(await urlOfNamed(sqs, name)).pathname, endpoint).href;
      if (Object.keys(attributes).length > 0)
        await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { ...attributes } }));
      const shown = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
      const arn = shown.Attributes?.QueueArn;
      if (arn === undefined) throw new Error(`the queue ${url} does not say its ARN`);
      urls.set(name, url);
      return { arn, url };
    },
    async deleteMessage(queueArn, ReceiptHandle) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl: urlOf(queueArn), ReceiptHandle }));
    },
    async isDrained(queueArn) {
      const asked = new GetQueueAttributesCommand({ QueueUrl: urlOf(queueArn), AttributeNames: [...counts] });
      const { Attributes } = await sqs.send(asked);
      return counts.every((count) => Number(Attributes?.[count] ?? 0) === 0);
    },
  };
}

async function urlOfNamed(sqs: SQSClient, name: string): Promise<string> {
  const found = await sqs.send(new GetQueueUrlCommand({ QueueName: name })).catch((error: unknown) => {
    if (error instanceof QueueDoesNotExist) return undefined;
    throw error;
  });
  const { QueueUrl } = found ?? (await sqs.send(new CreateQueueCommand({ QueueName: name })));
  if (QueueUrl === undefined) throw new Error(`the answer about the queue ${name} has no URL`);
  return QueueUrl;
}
