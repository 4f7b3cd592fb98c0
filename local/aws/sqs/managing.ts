import * as z from 'zod/mini';
import { readParameters } from '../http/json-service.ts';
import { queueUrl } from './local-sqs.ts';
import { shownAttributes } from './queue-attributes.ts';
import {
  arnOfUrl,
  ofQueue,
  onQueue,
  queueCall,
  sqsAnswer,
  stringMap,
  type SqsOperation,
  type SqsParts,
} from './sqs-call.ts';
import { sqsError } from './sqs-errors.ts';

const createShape = z.object({ QueueName: z.string(), Attributes: z.optional(stringMap), tags: z.optional(stringMap) });
const nameShape = z.object({ QueueName: z.string() });
const urlShape = z.object(ofQueue);
const getAttributesShape = z.object({ ...ofQueue, AttributeNames: z.optional(z.array(z.string())) });
const setAttributesShape = z.object({ ...ofQueue, Attributes: stringMap });
const listShape = z.object({ QueueNamePrefix: z.optional(z.string()), MaxResults: z.optional(z.number()) });
const tagShape = z.object({ ...ofQueue, Tags: stringMap });
const untagShape = z.object({ ...ofQueue, TagKeys: z.array(z.string()) });

export const createQueue: SqsOperation = (parts, call) => {
  const asked = readParameters(createShape, call, 'InvalidParameterValue');
  const arn = parts.queues.arnOf(asked.QueueName);
  return onQueue('CreateQueue', arn, () => {
    const attributes = asked.Attributes ?? {};
    if (parts.queues.arns().includes(arn)) {
      const existing = shownAttributes(parts.queues.settings(arn).attributes);
      const isSame = Object.entries(attributes).every(([name, value]) => existing[name] === value);
      if (!isSame)
        throw sqsError(
          'QueueNameExists',
          `A queue already exists with the same name and a different value: ${asked.QueueName}`,
        );
    } else parts.queues.save({ name: asked.QueueName, attributes, tags: asked.tags ?? {} });
    return { QueueUrl: queueUrl(parts.baseUrl(), arn) };
  });
};

export const getQueueUrl: SqsOperation = (parts, call) => {
  const arn = parts.queues.arnOf(readParameters(nameShape, call, 'InvalidParameterValue').QueueName);
  return onQueue('GetQueueUrl', arn, () => ({ QueueUrl: queueUrl(parts.baseUrl(), parts.queues.queue(arn).arn) }));
};

export const getQueueAttributes: SqsOperation = (parts, call) => {
  const asked = readParameters(getAttributesShape, call, 'InvalidParameterValue');
  const arn = arnOfUrl(parts, asked.QueueUrl);
  return onQueue('GetQueueAttributes', arn, () => {
    const names = asked.AttributeNames ?? [];
    const all = Object.entries(allAttributes(parts, arn));
    const unknown = names.find((name) => name !== 'All' && !/^[A-Z][A-Za-z]+$/.test(name));
    if (unknown !== undefined) throw sqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    return { Attributes: Object.fromEntries(all.filter(([name]) => names.includes('All') || names.includes(name))) };
  });
};

export const setQueueAttributes: SqsOperation = (parts, call) => {
  const asked = readParameters(setAttributesShape, call, 'InvalidParameterValue');
  const arn = arnOfUrl(parts, asked.QueueUrl);
  return onQueue('SetQueueAttributes', arn, () => {
    const { name, attributes, tags } = parts.queues.settings(arn);
    parts.queues.save({ name, attributes: { ...attributes, ...asked.Attributes }, tags });
    return {};
  });
};

export const listQueues: SqsOperation = (parts, call) => {
  const asked = readParameters(listShape, call, 'InvalidParameterValue');
  return {
    calls: [queueCall('ListQueues', '*')],
    run() {
      const prefix = asked.QueueNamePrefix ?? '';
      const found = parts.queues.arns().filter((arn) => (arn.split(':').at(-1) ?? '').startsWith(prefix));
      return sqsAnswer({
        QueueUrls: found.slice(0, asked.MaxResults ?? 1000).map((arn) => queueUrl(parts.baseUrl(), arn)),
      });
    },
  };
};

export const listDeadLetterSourceQueues: SqsOperation = (parts, call) => {
  const arn = arnOfUrl(parts, readParameters(urlShape, call, 'InvalidParameterValue').QueueUrl);
  return onQueue('ListDeadLetterSourceQueues', arn, () => {
    parts.queues.queue(arn);
    const sources = parts.queues
      .arns()
      .filter((other) => parts.queues.queue(other).attributes().redrive?.deadLetterTargetArn === arn);
    return { queueUrls: sources.map((source) => queueUrl(parts.baseUrl(), source)) };
  });
};

export const deleteQueue: SqsOperation = (parts, call) => {
  const arn = arnOfUrl(parts, readParameters(urlShape, call, 'InvalidParameterValue').QueueUrl);
  return onQueue('DeleteQueue', arn, () => {
    parts.queues.removeQueue(arn);
    return {};
  });
};

export const purgeQueue: SqsOperation = (parts, call) => {
  const arn = arnOfUrl(parts, readParameters(urlShape, call, 'InvalidParameterValue').QueueUrl);
  return onQueue('PurgeQueue', arn, () => {
    parts.queues.queue(arn).purge();
    return {};
  });
};

export const tagQueue: SqsOperation = (parts, call) => {
  const asked = readParameters(tagShape, call, 'InvalidParameterValue');
  const arn = arnOfUrl(parts, asked.QueueUrl);
  return onQueue('TagQueue', arn, () => {
    const { name, attributes, tags } = parts.queues.settings(arn);
    parts.queues.save({ name, attributes, tags: { ...tags, ...asked.Tags } });
    return {};
  });
};

export const untagQueue: SqsOperation = (parts, call) => {
  const asked = readParameters(untagShape, call, 'InvalidParameterValue');
  const arn = arnOfUrl(parts, asked.QueueUrl);
  return onQueue('UntagQueue', arn, () => {
    const { name, attributes, tags } = parts.queues.settings(arn);
    const left = Object.entries(tags).filter(([key]) => !asked.TagKeys.includes(key));
    parts.queues.save({ name, attributes, tags: Object.fromEntries(left) });
    return {};
  });
};

export const listQueueTags: SqsOperation = (parts, call) => {
  const arn = arnOfUrl(parts, readParameters(urlShape, call, 'InvalidParameterValue').QueueUrl);
  return onQueue('ListQueueTags', arn, () => ({ Tags: parts.queues.settings(arn).tags }));
};

function allAttributes(parts: SqsParts, arn: string): Readonly<Record<string, string>> {
  const settings = parts.queues.settings(arn);
  const depth = parts.queues.queue(arn).depth();
  return {
    ...shownAttributes(settings.attributes),
    QueueArn: arn,
    ApproximateNumberOfMessages: String(depth.visible),
    ApproximateNumberOfMessagesNotVisible: String(depth.inFlight),
    ApproximateNumberOfMessagesDelayed: String(depth.delayed),
    CreatedTimestamp: String(Math.floor(settings.createdAtEpochMs / 1000)),
    LastModifiedTimestamp: String(Math.floor(settings.modifiedAtEpochMs / 1000)),
  };
}
