import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock } from '../../clock.ts';
import { openKeptMap, type KeptMap } from '../kept-map.ts';
import type { SendOptions } from '../local-aws.ts';
import { messageShape, type Message } from './message.ts';
import { readQueueAttributes } from './queue-attributes.ts';
import { Queue, type Redrive } from './queue.ts';
import { checkSend, deduplicationIdOf, delayOf } from './send-rules.ts';
import { invalidValue, sqsError } from './sqs-errors.ts';

const settingsShape = z.object({
  name: z.string(),
  arn: z.string(),
  attributes: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  createdAtEpochMs: z.number(),
  modifiedAtEpochMs: z.number(),
});
const shelvedShape = z.object({ queueArn: z.string(), message: messageShape });
type Settings = Readonly<z.infer<typeof settingsShape>>;

interface SentBefore {
  readonly messageId: string;
  readonly sequence: string;
  readonly untilEpochMs: number;
}

export interface QueuesOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** A path for a name of a file; undefined when nothing is kept. */
  readonly fileFor: (name: string) => string | undefined;
}

/** SQS forgets a deduplication id after five minutes. */
const deduplicationMs = 300_000;

/** All queues of the account in the region, and what passes between them. */
export class Queues {
  readonly #options: QueuesOptions;
  readonly #settings: KeptMap<Settings>;
  readonly #shelf: KeptMap<z.infer<typeof shelvedShape>>;
  readonly #queues = new Map<string, Queue>();
  readonly #sentBefore = new Map<string, SentBefore>();
  #fifoSequence = 0;

  constructor(options: QueuesOptions) {
    this.#options = options;
    this.#settings = openKeptMap(options.fileFor('queues.jsonl'), (content) => settingsShape.parse(content));
    this.#shelf = openKeptMap(options.fileFor('messages.jsonl'), (content) => shelvedShape.parse(content));
    for (const settings of this.#settings.values()) this.#start(settings);
  }

  /** @throws {AwsError} QueueDoesNotExist */
  queue(arn: string): Queue {
    const found = this.#queues.get(arn);
    if (found === undefined) throw sqsError('QueueDoesNotExist', `The specified queue does not exist: ${arn}`);
    return found;
  }

  /** @throws {AwsError} QueueDoesNotExist */
  settings(arn: string): Settings {
    const found = this.#settings.get(arn);
    if (found === undefined) throw sqsError('QueueDoesNotExist', `The specified queue does not exist: ${arn}`);
    return found;
  }

  arns(): readonly string[] {
    return [...this.#queues.keys()];
  }

  arnOf(name: string): string {
    return `arn:aws:sqs:${this.#options.region}:${this.#options.accountId}:${name}`;
  }

  /** Makes the queue or changes an existing one to exactly these. @throws {AwsError} for what SQS would refuse. */
  save({ name, attributes, tags }: Pick<Settings, 'name' | 'attributes' | 'tags'>): string {
    const arn = this.arnOf(name);
    const read = readQueueAttributes(attributes);
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(name.replace(/\.fifo$/, '')) || read.isFifo !== name.endsWith('.fifo')) {
      const why =
        'Can only include alphanumeric characters, hyphens, or underscores, 1 to 80; FIFO queues end with .fifo.';
      throw invalidValue('QueueName', name, why);
    }
    if (read.redrive !== undefined && !this.#queues.has(read.redrive.deadLetterTargetArn)) {
      throw invalidValue('RedrivePolicy', attributes['RedrivePolicy'] ?? '', 'Dead letter target does not exist.');
    }
    const now = this.#options.clock.now();
    const createdAtEpochMs = this.#settings.get(arn)?.createdAtEpochMs ?? now;
    const settings = { name, arn, attributes, tags, createdAtEpochMs, modifiedAtEpochMs: now };
    this.#settings.set(arn, settings);
    const existing = this.#queues.get(arn);
    if (existing === undefined) this.#start(settings);
    else existing.setAttributes(read);
    return arn;
  }

  removeQueue(arn: string): void {
    const queue = this.queue(arn);
    queue.purge();
    queue.stop();
    this.#queues.delete(arn);
    this.#settings.delete(arn);
  }

  /** Within five minutes a deduplication id gets the first message's answer again, and nothing is sent. */
  send(
    arn: string,
    body: string,
    sent: SendOptions & { readonly traceHeader?: string },
  ): { readonly messageId: string; readonly sequence?: string } {
    const queue = this.queue(arn);
    const attributes = queue.attributes();
    checkSend(attributes, body, sent);
    const delaySeconds = delayOf(attributes, sent.delaySeconds);
    const deduplicationId = deduplicationIdOf(attributes, body, sent);
    const now = this.#options.clock.now();
    const before = this.#sentBefore.get(`${arn} ${deduplicationId}`);
    if (before !== undefined && before.untilEpochMs > now) return before;
    const messageId = randomUUID();
    queue.add({
      messageId,
      body,
      messageAttributes: { ...sent.messageAttributes },
      ...(sent.traceHeader === undefined ? {} : { traceHeader: sent.traceHeader }),
      senderId: sent.sender ?? this.#options.accountId,
      sentAtEpochMs: now,
      ...(deduplicationId === undefined ? {} : { groupId: sent.messageGroupId, deduplicationId }),
      receiveCount: 0,
      visibleAtEpochMs: now + delaySeconds * 1000,
    });
    if (deduplicationId === undefined) return { messageId };
    this.#fifoSequence += 1;
    const sequence = String(this.#fifoSequence).padStart(20, '0');
    this.#sentBefore.set(`${arn} ${deduplicationId}`, { messageId, sequence, untilEpochMs: now + deduplicationMs });
    return { messageId, sequence };
  }

  /** Takes messages; what was received too often goes to the dead-letter queue first. */
  take(arn: string, max: number, visibilityTimeoutSeconds?: number): readonly Message[] {
    const queue = this.queue(arn);
    const seconds = visibilityTimeoutSeconds ?? queue.attributes().visibilityTimeoutSeconds;
    return queue.take(max, seconds, this.#redriveOf(queue));
  }

  /** Puts a message back from a dead-letter queue: a new id and a new time, so that it has its full life again. */
  moveBack(message: Message, destinationArn: string): void {
    const { firstReceivedAtEpochMs: _first, deadLetterSourceArn: _source, ...rest } = withoutHolder(message);
    const now = this.#options.clock.now();
    const fresh = { messageId: randomUUID(), sentAtEpochMs: now, visibleAtEpochMs: now, receiveCount: 0 };
    this.queue(destinationArn).add({ ...rest, ...fresh });
  }

  stop(): void {
    for (const queue of this.#queues.values()) queue.stop();
  }

  #start({ arn, attributes }: Settings): void {
    const initial = [...this.#shelf.values()].filter((entry) => entry.queueArn === arn).map(({ message }) => message);
    const keyOf = (messageId: string): string => `${arn} ${messageId}`;
    const shelf = {
      initial,
      put: (message: Message) => this.#shelf.set(keyOf(message.messageId), { queueArn: arn, message }),
      remove: (messageId: string) => this.#shelf.delete(keyOf(messageId)),
    };
    this.#queues.set(arn, new Queue(arn, readQueueAttributes(attributes), this.#options.clock, shelf));
  }

  /** Undefined, so that messages go on being received, when the dead-letter queue is gone. */
  #redriveOf(from: Queue): Redrive | undefined {
    const { redrive } = from.attributes();
    const target = this.#queues.get(redrive?.deadLetterTargetArn ?? '');
    if (redrive === undefined || target === undefined) return undefined;
    return {
      maxReceiveCount: redrive.maxReceiveCount,
      bury: (dead) =>
        target.add({
          ...withoutHolder(dead),
          visibleAtEpochMs: this.#options.clock.now(),
          deadLetterSourceArn: from.arn,
        }),
    };
  }
}

/** The message as nobody holds it. */
function withoutHolder(message: Message): Omit<Message, 'receiptHandle' | 'receivedAtEpochMs'> {
  const { receiptHandle: _handle, receivedAtEpochMs: _at, ...rest } = message;
  return rest;
}
