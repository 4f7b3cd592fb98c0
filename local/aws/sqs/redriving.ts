import * as z from 'zod/mini';
import { readParameters } from '../http/json-service.ts';
import { onQueue, queueCall, sqsAnswer, type SqsOperation } from './sqs-call.ts';
import { invalidValue, sqsError } from './sqs-errors.ts';

const startShape = z.object({
  SourceArn: z.string(),
  DestinationArn: z.optional(z.string()),
  MaxNumberOfMessagesPerSecond: z.optional(z.number()),
});

export const startMessageMoveTask: SqsOperation = (parts, call) => {
  const asked = readParameters(startShape, call, 'InvalidParameterValue');
  const reading = ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) =>
    queueCall(action, asked.SourceArn),
  );
  const sources = parts.queues
    .arns()
    .filter((arn) => parts.queues.queue(arn).attributes().redrive?.deadLetterTargetArn === asked.SourceArn);
  const writing = (asked.DestinationArn === undefined ? sources : [asked.DestinationArn]).map((arn) =>
    queueCall('SendMessage', arn),
  );
  return {
    calls: [queueCall('StartMessageMoveTask', asked.SourceArn), ...reading.slice(1), ...writing],
    run() {
      const rate = asked.MaxNumberOfMessagesPerSecond;
      parts.queues.queue(asked.SourceArn);
      if (asked.DestinationArn !== undefined) parts.queues.queue(asked.DestinationArn);
      if (rate !== undefined && (!Number.isInteger(rate) || rate < 1 || rate > 500)) {
        throw invalidValue('MaxNumberOfMessagesPerSecond', rate, 'Must be between 1 and 500.');
      }
      if (sources.length === 0) {
        throw invalidValue('SourceArn', asked.SourceArn, 'Source queue must be configured as a Dead Letter Queue.');
      }
      if (parts.moveTasks.ofSource(asked.SourceArn).some((task) => task.status === 'RUNNING')) {
        throw sqsError('UnsupportedOperation', 'There is already a task running.');
      }
      const task = parts.moveTasks.start({
        sourceArn: asked.SourceArn,
        ...(asked.DestinationArn === undefined ? {} : { destinationArn: asked.DestinationArn }),
        ...(rate === undefined ? {} : { perSecond: rate }),
      });
      return sqsAnswer({ TaskHandle: task.handle });
    },
  };
};

const listShape = z.object({ SourceArn: z.string(), MaxResults: z.optional(z.number()) });

export const listMessageMoveTasks: SqsOperation = (parts, call) => {
  const asked = readParameters(listShape, call, 'InvalidParameterValue');
  return onQueue('ListMessageMoveTasks', asked.SourceArn, () => ({
    Results: parts.moveTasks
      .ofSource(parts.queues.queue(asked.SourceArn).arn)
      .slice(0, asked.MaxResults ?? 1)
      .map((task) => ({
        ...(task.status === 'RUNNING' ? { TaskHandle: task.handle } : {}),
        Status: task.status,
        SourceArn: task.sourceArn,
        DestinationArn: task.destinationArn,
        MaxNumberOfMessagesPerSecond: task.perSecond,
        ApproximateNumberOfMessagesMoved: task.moved,
        ApproximateNumberOfMessagesToMove: task.toMove,
        FailureReason: task.failureReason,
        StartedTimestamp: task.startedAtEpochMs,
      })),
  }));
};

const cancelShape = z.object({ TaskHandle: z.string() });

export const cancelMessageMoveTask: SqsOperation = (parts, call) => {
  const asked = readParameters(cancelShape, call, 'InvalidParameterValue');
  return {
    calls: [queueCall('CancelMessageMoveTask', '*')],
    run: () => sqsAnswer({ ApproximateNumberOfMessagesMoved: parts.moveTasks.cancel(asked.TaskHandle).moved }),
  };
};
