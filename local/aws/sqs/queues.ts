import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock } from '../../clock.ts';
import { openKeptMap } from '../kept-map.ts';
import type { SendOptions } from '../local-aws.ts';
import { checkContent, md5Hex, messageShape, messageSizeBytes, type Message } from './message.ts';
import { readQueueAttributes } from './queue-attributes.ts';
import { startQueue, type Queue, type Redrive } from './queue.ts';
import { invalidValue, sqsError } from './sqs-errors.ts';

const queueShape = z.object({
  name: z.string(),
  arn: z.string(),
  attributes: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  createdAtEpochMs: z.number(),
  modifiedAtEpochMs: z.number(),
});
export type QueueSettingsKept = Readonly<z.infer<typeof queueShape>>;

/** All queues of the account in the region. */
export interface Queues {
  readonly region: string;
  readonly accountId: string;
  /** @throws {AwsError} QueueDoesNotExist */
  queue(arn: string): Queue;
  settings(arn: string): QueueSettingsKept;
  arns(): readonly string[];
  arnOf(name: string): string;
  /** Makes the queue or changes an existing one to exactly these. @throws {AwsError} for attributes SQS would refuse. */
  save(settings: {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly tags: Readonly<Record<string, string>>;
  }): string;
  removeQueue(arn: string): void;
  send(
    arn: string,
    body: string,
    options: SendOptions & { readonly traceHeader?: string },
  ): { readonly messageId: string; readonly sequence?: string };
  /** Takes messages; what was received too often goes to the dead-letter queue first. */
  take(arn: string, max: number, visibilityTimeoutSeconds?: number): readonly Message[];
  /** Puts a message back from a dead-letter queue: a new id and a new time, so that it has its full life again. */
  moveBack(message: Message, destinationArn: string): void;
  stop(): void;
}

/** SQS forgets a deduplication id after five minutes. */
const deduplicationMs = 300_000;

export function openQueues(options: {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** A path for a name of a file; undefined when nothing is kept. */
  readonly fileFor: (name: string) => string | undefined;
}): Queues {
  const { clock } = options;
  const kept = openKeptMap(options.fileFor('queues.jsonl'), (content) => queueShape.parse(content));
  const shelf = openKeptMap(options.fileFor('messages.jsonl'), (content) =>
    z.object({ queueArn: z.string(), message: messageShape }).parse(content),
  );
  const queues = new Map<string, Queue>();
  const deduplication = new Map<
    string,
    { readonly messageId: string; readonly sequence: string; readonly untilEpochMs: number }
  >();
  let fifoSequence = 0;

  const start = (settings: QueueSettingsKept): void => {
    const { arn } = settings;
    const initial = [...shelf.values()].filter((entry) => entry.queueArn === arn).map((entry) => entry.message);
    const shelfKey = (messageId: string): string => `${arn} ${messageId}`;
    queues.set(
      arn,
      startQueue(arn, readQueueAttributes(settings.attributes), clock, {
        initial,
        put: (message) => shelf.set(shelfKey(message.messageId), { queueArn: arn, message }),
        remove: (messageId) => shelf.delete(shelfKey(messageId)),
      }),
    );
  };
  for (const settings of kept.values()) start(settings);

  const find = (arn: string): Queue => {
    const found = queues.get(arn);
    if (found === undefined) throw sqsError('QueueDoesNotExist', `The specified queue does not exist: ${arn}`);
    return found;
  };
  /** Undefined, so that messages go on being received, when the dead-letter queue is gone. */
  const redriveOf = (from: Queue): Redrive | undefined => {
    const { redrive } = from.attributes();
    const target = queues.get(redrive?.deadLetterTargetArn ?? '');
    if (redrive === undefined || target === undefined) return undefined;
    return {
      maxReceiveCount: redrive.maxReceiveCount,
      bury(dead) {
        const { receiptHandle: _held, receivedAtEpochMs: _at, ...rest } = dead;
        target.add({ ...rest, visibleAtEpochMs: clock.now(), deadLetterSourceArn: from.arn });
      },
    };
  };

  const all: Queues = {
    region: options.region,
    accountId: options.accountId,
    queue: find,
    settings: (arn) => kept.get(find(arn).arn) ?? unreachable(arn),
    arns: () => [...queues.keys()],
    arnOf: (name) => `arn:aws:sqs:${options.region}:${options.accountId}:${name}`,
    save({ name, attributes, tags }) {
      const arn = all.arnOf(name);
      const read = readQueueAttributes(attributes);
      if (!/^[A-Za-z0-9_-]{1,80}$/.test(name.replace(/\.fifo$/, '')) || read.isFifo !== name.endsWith('.fifo')) {
        throw invalidValue(
          'QueueName',
          name,
          'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length; FIFO queues end with .fifo.',
        );
      }
      if (read.redrive !== undefined && !queues.has(read.redrive.deadLetterTargetArn)) {
        throw invalidValue('RedrivePolicy', attributes['RedrivePolicy'] ?? '', 'Dead letter target does not exist.');
      }
      const now = clock.now();
      const settings = {
        name,
        arn,
        attributes,
        tags,
        createdAtEpochMs: kept.get(arn)?.createdAtEpochMs ?? now,
        modifiedAtEpochMs: now,
      };
      kept.set(arn, settings);
      const existing = queues.get(arn);
      if (existing === undefined) start(settings);
      else existing.setAttributes(read);
      return arn;
    },
    removeQueue(arn) {
      const queue = find(arn);
      queue.purge();
      queue.stop();
      queues.delete(arn);
      kept.delete(arn);
    },
    send(arn, body, sent) {
      const queue = find(arn);
      const attributes = queue.attributes();
      const messageAttributes = sent.messageAttributes ?? {};
      checkContent(body, messageAttributes);
      if (messageSizeBytes(body, messageAttributes) > attributes.maximumMessageBytes) {
        throw sqsError(
          'InvalidParameterValue',
          `One or more parameters are invalid. Reason: Message must be shorter than ${attributes.maximumMessageBytes} bytes.`,
        );
      }
      const delaySeconds = delayOf(queue, sent.delaySeconds);
      const deduplicationId = attributes.isFifo ? deduplicationIdOf(queue, body, sent) : undefined;
      const known = deduplication.get(`${arn} ${deduplicationId}`);
      if (known !== undefined && known.untilEpochMs > clock.now()) return known;
      const now = clock.now();
      const messageId = randomUUID();
      queue.add({
        messageId,
        body,
        messageAttributes: { ...messageAttributes },
        ...(sent.traceHeader === undefined ? {} : { traceHeader: sent.traceHeader }),
        senderId: sent.sender ?? options.accountId,
        sentAtEpochMs: now,
        ...(attributes.isFifo ? { groupId: sent.messageGroupId, deduplicationId } : {}),
        receiveCount: 0,
        visibleAtEpochMs: now + delaySeconds * 1000,
      });
      if (deduplicationId === undefined) return { messageId };
      fifoSequence += 1;
      const sequence = String(fifoSequence).padStart(20, '0');
      deduplication.set(`${arn} ${deduplicationId}`, { messageId, sequence, untilEpochMs: now + deduplicationMs });
      return { messageId, sequence };
    },
    take(arn, max, visibilityTimeoutSeconds) {
      const queue = find(arn);
      return queue.take(max, visibilityTimeoutSeconds ?? queue.attributes().visibilityTimeoutSeconds, redriveOf(queue));
    },
    moveBack(message, destinationArn) {
      const {
        receiptHandle: _held,
        receivedAtEpochMs: _at,
        firstReceivedAtEpochMs: _first,
        deadLetterSourceArn: _source,
        ...rest
      } = message;
      const now = clock.now();
      find(destinationArn).add({
        ...rest,
        messageId: randomUUID(),
        sentAtEpochMs: now,
        visibleAtEpochMs: now,
        receiveCount: 0,
      });
    },
    stop: () => [...queues.values()].forEach((queue) => queue.stop()),
  };
  return all;
}

function delayOf(queue: Queue, asked: number | undefined): number {
  const { delaySeconds, isFifo } = queue.attributes();
  if (asked === undefined) return delaySeconds;
  if (isFifo && asked !== 0)
    throw invalidValue('DelaySeconds', asked, 'The request include parameter that is not valid for this queue type.');
  if (!Number.isInteger(asked) || asked < 0 || asked > 900)
    throw invalidValue('DelaySeconds', asked, 'DelaySeconds must be >= 0 and <= 900.');
  return asked;
}

function deduplicationIdOf(queue: Queue, body: string, sent: SendOptions): string {
  if (sent.messageGroupId === undefined)
    throw sqsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  const id = sent.messageDeduplicationId ?? (queue.attributes().contentBasedDeduplication ? md5Hex(body) : undefined);
  if (id === undefined) {
    throw sqsError(
      'InvalidParameterValue',
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  return id;
}

function unreachable(arn: string): never {
  throw new Error(`the queue ${arn} has no settings`);
}
