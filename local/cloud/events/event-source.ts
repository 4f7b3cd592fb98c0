import * as z from 'zod/mini';
import type { ReceivedMessage } from '../../aws/local-aws.ts';
import type { Clock } from '../../clock.ts';
import type { CloudAws } from '../aws/cloud-aws.ts';
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
  readonly aws: Pick<CloudAws, 'feed' | 'deleteMessage'>;
  readonly pool: FunctionPool;
  readonly clock: Clock;
  readonly region: string;
  /** Called after each batch, whatever became of it, and when a look for messages found none. */
  readonly afterBatch: () => void;
  /** Told when messages could not be received or deleted. */
  readonly onFault: (fault: unknown) => void;
}

/**
 * Feeds a queue to its function as Lambda's poller does: a message is deleted when the function's answer does not list
 * it, and otherwise left alone, to become visible when its timeout says so.
 */
export function startEventSource(parts: EventSourceParts): EventSource {
  const { settings, aws, pool, clock } = parts;
  const concurrency = Math.min(settings.maximumConcurrency ?? pool.processes, pool.processes);
  let working = 0;

  const work = async (messages: readonly ReceivedMessage[]): Promise<void> => {
    const release = clock.busy();
    working += 1;
    try {
      for (const { receiptHandle } of await workedOff(messages, parts))
        await aws.deleteMessage(settings.queueArn, receiptHandle);
    } catch (error) {
      parts.onFault(error);
    } finally {
      working -= 1;
      release();
      feed.resume();
      parts.afterBatch();
    }
  };
  const feed = aws.feed(settings.queueArn, {
    batchSize: settings.batchSize,
    windowSeconds: settings.windowSeconds,
    hasRoom: () => working < concurrency,
    deliver: (messages) => void work(messages),
    onQuiet: parts.afterBatch,
    onFault: parts.onFault,
  });
  return { queueArn: settings.queueArn, stop: () => feed.stop() };
}

/** The messages that the function is done with. */
async function workedOff(
  messages: readonly ReceivedMessage[],
  parts: EventSourceParts,
): Promise<readonly ReceivedMessage[]> {
  const ids = messages.map(({ messageId }) => messageId);
  try {
    const response = await parts.pool.invoke({ Records: messages.map((message) => sqsRecord(message, parts)) });
    const failed = parts.settings.reportsFailures ? failedMessages(response, ids) : new Set<string>();
    return messages.filter(({ messageId }) => !failed.has(messageId));
  } catch {
    // The function failed as a whole, which the pool has reported: the messages come back by their visibility timeout.
    return [];
  }
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
