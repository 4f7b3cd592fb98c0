import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import { readParameters } from '../http/json-service.ts';
import type { WorkContext } from '../http/service.ts';
import { checkBatch } from './batches.ts';
import { checkVisibility, received } from './local-sqs.ts';
import type { Message } from './message.ts';
import {
  arnOfUrl,
  ofQueue,
  onQueue,
  queueCall,
  shownMessageAttributes,
  sqsAnswer,
  type SqsOperation,
  type SqsParts,
} from './sqs-call.ts';
import { invalidValue } from './sqs-errors.ts';

const names = z.optional(z.array(z.string()));
const receiveShape = z.object({
  ...ofQueue,
  MaxNumberOfMessages: z.optional(z.number()),
  VisibilityTimeout: z.optional(z.number()),
  WaitTimeSeconds: z.optional(z.number()),
  AttributeNames: names,
  MessageSystemAttributeNames: names,
  MessageAttributeNames: names,
});
type ReceiveAsked = z.infer<typeof receiveShape>;

export const receiveMessage: SqsOperation = (parts, call) => {
  const asked = readParameters(receiveShape, call, 'InvalidParameterValue');
  const arn = arnOfUrl(parts, asked.QueueUrl);
  return {
    calls: [queueCall('ReceiveMessage', arn)],
    async run(context) {
      const messages = await receive(parts, arn, asked, context);
      return sqsAnswer(messages.length === 0 ? {} : { Messages: messages.map((message) => shown(message, asked)) });
    },
  };
};

async function receive(
  parts: SqsParts,
  arn: string,
  asked: ReceiveAsked,
  context: WorkContext,
): Promise<readonly Message[]> {
  const { MaxNumberOfMessages: max = 1, VisibilityTimeout: visibility } = asked;
  const queue = parts.queues.queue(arn);
  const waitSeconds = asked.WaitTimeSeconds ?? queue.attributes().receiveWaitSeconds;
  if (!Number.isInteger(max) || max < 1 || max > 10)
    throw invalidValue('MaxNumberOfMessages', max, 'Must be between 1 and 10, if provided.');
  if (!Number.isInteger(waitSeconds) || waitSeconds < 0 || waitSeconds > 20) {
    throw invalidValue('WaitTimeSeconds', waitSeconds, 'Must be >= 0 and <= 20, if provided.');
  }
  checkVisibility(visibility);
  const take = (): readonly Message[] => parts.queues.take(arn, max, visibility);
  const first = take();
  if (first.length > 0 || waitSeconds === 0 || context.gone.aborted) return first;
  return context.waitIdle(
    new Promise((resolve) => {
      const end = (messages: readonly Message[]): void => {
        stopListening();
        callOff();
        context.gone.removeEventListener('abort', leave);
        resolve(messages);
      };
      const leave = (): void => end([]);
      const stopListening = queue.onVisible(() => {
        const messages = take();
        if (messages.length > 0) end(messages);
      });
      const callOff = parts.clock.at(parts.clock.now() + waitSeconds * 1000, leave);
      context.gone.addEventListener('abort', leave);
    }),
  );
}

function shown(message: Message, asked: ReceiveAsked): object {
  const whole = received(message);
  const systemNames = [...(asked.AttributeNames ?? []), ...(asked.MessageSystemAttributeNames ?? [])];
  const system = Object.entries(whole.attributes).filter(
    ([name]) => systemNames.includes('All') || systemNames.includes(name),
  );
  const wanted = Object.entries(whole.messageAttributes).filter(([name]) =>
    isWanted(name, asked.MessageAttributeNames ?? []),
  );
  return {
    MessageId: whole.messageId,
    ReceiptHandle: whole.receiptHandle,
    Body: whole.body,
    MD5OfBody: whole.md5OfBody,
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...shownMessageAttributes(Object.fromEntries(wanted)),
  };
}

/** `All`, `.*`, a name, or a prefix that ends in `.*`. */
function isWanted(name: string, patterns: readonly string[]): boolean {
  return patterns.some(
    (pattern) =>
      pattern === 'All' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
  );
}

const handleFields = { ReceiptHandle: z.string() };
const visibilityFields = { ...handleFields, VisibilityTimeout: z.number() };
const deleteShape = z.object({ ...ofQueue, ...handleFields });
const deleteBatchShape = z.object({ ...ofQueue, Entries: z.array(z.object({ Id: z.string(), ...handleFields })) });
const changeShape = z.object({ ...ofQueue, ...visibilityFields });
const changeBatchShape = z.object({ ...ofQueue, Entries: z.array(z.object({ Id: z.string(), ...visibilityFields })) });

export const deleteMessage: SqsOperation = (parts, call) => {
  const asked = readParameters(deleteShape, call, 'InvalidParameterValue');
  const arn = arnOfUrl(parts, asked.QueueUrl);
  return onQueue('DeleteMessage', arn, () => {
    parts.queues.queue(arn).deleteByHandle(asked.ReceiptHandle);
    return {};
  });
};

export const deleteMessageBatch: SqsOperation = (parts, call) => {
  const asked = readParameters(deleteBatchShape, call, 'InvalidParameterValue');
  const arn = arnOfUrl(parts, asked.QueueUrl);
  return onQueue('DeleteMessage', arn, () => {
    const queue = parts.queues.queue(arn);
    return eachOf(asked.Entries, (entry) => queue.deleteByHandle(entry.ReceiptHandle));
  });
};

export const changeMessageVisibility: SqsOperation = (parts, call) => {
  const asked = readParameters(changeShape, call, 'InvalidParameterValue');
  const arn = arnOfUrl(parts, asked.QueueUrl);
  return onQueue('ChangeMessageVisibility', arn, () => {
    checkVisibility(asked.VisibilityTimeout);
    parts.queues.queue(arn).changeVisibility(asked.ReceiptHandle, asked.VisibilityTimeout);
    return {};
  });
};

export const changeMessageVisibilityBatch: SqsOperation = (parts, call) => {
  const asked = readParameters(changeBatchShape, call, 'InvalidParameterValue');
  const arn = arnOfUrl(parts, asked.QueueUrl);
  return onQueue('ChangeMessageVisibility', arn, () => {
    const queue = parts.queues.queue(arn);
    return eachOf(asked.Entries, (entry) => {
      checkVisibility(entry.VisibilityTimeout);
      queue.changeVisibility(entry.ReceiptHandle, entry.VisibilityTimeout);
    });
  });
};

/** Every entry of a batch answers for itself. */
function eachOf<Entry extends { readonly Id: string }>(
  entries: readonly Entry[],
  work: (entry: Entry) => void,
): object {
  checkBatch(entries);
  const failed = entries.flatMap((entry) => {
    try {
      work(entry);
      return [];
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return [{ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true }];
    }
  });
  const isDone = ({ Id }: Entry): boolean => !failed.some((failure) => failure.Id === Id);
  return { Successful: entries.filter(isDone).map(({ Id }) => ({ Id })), Failed: failed };
}
