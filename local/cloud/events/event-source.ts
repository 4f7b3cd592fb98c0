import * as z from 'zod/mini';
import type { LocalSqs, ReceivedMessage } from '../../aws/local-aws.ts';
import type { Clock } from '../../clock.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import type { Resource } from '../template/resolved-template.ts';
import { typedProperties, unused, wholeNumber } from '../template/typed-properties.ts';
import { failedMessages } from './batch-response.ts';

const mappingSchema = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  BatchSize: z._default(wholeNumber, 10),
  MaximumBatchingWindowInSeconds: z._default(wholeNumber, 0),
  FunctionResponseTypes: z._default(z.array(z.literal('ReportBatchItemFailures')), []),
  ScalingConfig: z.optional(z.strictObject({ MaximumConcurrency: wholeNumber })),
  Enabled: z._default(z.literal(true, 'a mapping that is switched off is not known here'), true),
  Tags: unused,
});

export interface EventSourceSettings {
  /** A name or an ARN. */
  readonly functionName: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly reportsFailures: boolean;
  readonly maximumConcurrency: number | undefined;
}

export function eventSourceSettings(resource: Resource): EventSourceSettings {
  const properties = typedProperties(resource, mappingSchema);
  return {
    functionName: properties.FunctionName,
    queueArn: properties.EventSourceArn,
    batchSize: properties.BatchSize,
    windowSeconds: properties.MaximumBatchingWindowInSeconds,
    reportsFailures: properties.FunctionResponseTypes.length > 0,
    maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency,
  };
}

export interface EventSource {
  readonly queueArn: string;
  /** Takes no further message; what is being worked on ends as it will. */
  stop(): void;
}

interface EventSourceParts {
  readonly settings: EventSourceSettings;
  readonly sqs: LocalSqs;
  readonly pool: FunctionPool;
  readonly clock: Clock;
  readonly region: string;
  /** Called after each batch, whatever became of it. */
  readonly afterBatch: () => void;
}

/** SQS hands out at most this many messages at a time. */
const LARGEST_RECEIVE = 10;

/**
 * Feeds a queue to its function as Lambda's poller does: a message is deleted when the function's answer does not list
 * it, and otherwise left alone, to become visible when its timeout says so.
 */
export function startEventSource(parts: EventSourceParts): EventSource {
  const { settings, sqs, pool, clock } = parts;
  const concurrency = Math.min(settings.maximumConcurrency ?? pool.processes, pool.processes);
  let working = 0;
  let stopped = false;
  let endOfWindow: (() => void) | undefined;

  const deliver = async (messages: readonly ReceivedMessage[]): Promise<void> => {
    const release = clock.busy();
    working += 1;
    try {
      const response = await pool.invoke({ Records: messages.map((message) => sqsRecord(message, parts)) });
      const ids = messages.map(({ messageId }) => messageId);
      const failed = settings.reportsFailures ? failedMessages(response, ids) : new Set<string>();
      for (const message of messages)
        if (!failed.has(message.messageId)) sqs.delete(settings.queueArn, message.receiptHandle);
    } catch {
      // The function failed as a whole, which the pool has reported: the messages come back by their visibility timeout.
    } finally {
      working -= 1;
      release();
      feed();
      parts.afterBatch();
    }
  };
  const take = (): void => {
    endOfWindow?.();
    endOfWindow = undefined;
    while (!stopped && working < concurrency) {
      const messages = receive(sqs, settings);
      if (messages.length === 0) return;
      void deliver(messages);
    }
  };
  const feed = (): void => {
    const { visible } = sqs.depth(settings.queueArn);
    if (stopped || visible === 0 || working >= concurrency) return;
    if (settings.windowSeconds === 0 || visible >= settings.batchSize) return take();
    endOfWindow ??= clock.at(clock.now() + settings.windowSeconds * 1000, take);
  };

  const stopListening = sqs.onVisible(settings.queueArn, feed);
  feed();
  return {
    queueArn: settings.queueArn,
    stop: () => {
      stopped = true;
      endOfWindow?.();
      stopListening();
    },
  };
}

function receive(sqs: LocalSqs, settings: EventSourceSettings): readonly ReceivedMessage[] {
  const messages: ReceivedMessage[] = [];
  while (messages.length < settings.batchSize) {
    const more = sqs.receive(settings.queueArn, Math.min(LARGEST_RECEIVE, settings.batchSize - messages.length));
    if (more.length === 0) break;
    messages.push(...more);
  }
  return messages;
}

function sqsRecord(message: ReceivedMessage, parts: EventSourceParts) {
  const messageAttributes = Object.entries(message.messageAttributes).map(
    ([name, attribute]) => [name, { ...attribute, stringListValues: [], binaryListValues: [] }] as const,
  );
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.attributes,
    messageAttributes: Object.fromEntries(messageAttributes),
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: parts.settings.queueArn,
    awsRegion: parts.region,
  };
}
