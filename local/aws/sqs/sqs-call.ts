import * as z from 'zod/mini';
import type { Clock } from '../../clock.ts';
import { jsonAnswer, type Answer } from '../http/answer.ts';
import type { JsonCall } from '../http/json-service.ts';
import type { IamCall, Work, WorkContext } from '../http/service.ts';
import { md5OfAttributes, type Attributes } from './message.ts';
import type { MoveTasks } from './move-tasks.ts';
import type { Queues } from './queues.ts';
import { sqsError } from './sqs-errors.ts';

export interface SqsParts {
  readonly queues: Queues;
  readonly moveTasks: MoveTasks;
  readonly clock: Clock;
  readonly baseUrl: () => string;
}

export type SqsOperation = (parts: SqsParts, call: JsonCall) => Work;

export const ofQueue = { QueueUrl: z.string() };
export const stringMap = z.record(z.string(), z.string());

export const messageAttributesShape = z.optional(
  z.record(
    z.string(),
    z.object({ DataType: z.string(), StringValue: z.optional(z.string()), BinaryValue: z.optional(z.string()) }),
  ),
);

/** The queue a URL means: its name is the last part of the path, whatever the host. */
export function arnOfUrl(parts: SqsParts, url: string): string {
  const [, name] = /\/([A-Za-z0-9_.-]+)\/?$/.exec(url) ?? [];
  if (name === undefined) throw sqsError('QueueDoesNotExist', `The specified queue does not exist: ${url}`);
  return parts.queues.arnOf(name);
}

export function queueCall(action: string, arn: string): IamCall {
  return { service: 'sqs', action: `sqs:${action}`, resource: arn, conditions: {} };
}

/** Work on one queue that is done at once. */
export function onQueue(action: string, arn: string, run: (context: WorkContext) => object): Work {
  return { calls: [queueCall(action, arn)], run: (context) => sqsAnswer(run(context)) };
}

export function sqsAnswer(content: object): Answer {
  return jsonAnswer('1.0', content);
}

export function readAttributes(given: z.infer<typeof messageAttributesShape>): Attributes {
  return Object.fromEntries(
    Object.entries(given ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        dataType: DataType,
        ...(StringValue === undefined ? {} : { stringValue: StringValue }),
        ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
      },
    ]),
  );
}

export function shownMessageAttributes(attributes: Attributes): object {
  const entries = Object.entries(attributes);
  if (entries.length === 0) return {};
  const shown: Readonly<Record<string, object>> = Object.fromEntries(
    entries.map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      { DataType: dataType, StringValue: stringValue, BinaryValue: binaryValue },
    ]),
  );
  return { MessageAttributes: shown, MD5OfMessageAttributes: md5OfAttributes(attributes) };
}
