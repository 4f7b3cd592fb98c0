import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock } from '../../clock.ts';
import { readParameters } from '../http/json-service.ts';
import type { Queues } from './queues.ts';
import { onQueue, queueCall, sqsAnswer, type SqsOperation } from './sqs-call.ts';
import { invalidValue, sqsError } from './sqs-errors.ts';

export interface MoveTask {
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn?: string;
  readonly startedAtEpochMs: number;
  readonly toMove: number;
  readonly perSecond?: number;
  readonly moved: number;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly failureReason?: string;
}

export interface MoveTasks {
  start(task: Pick<MoveTask, 'sourceArn' | 'destinationArn' | 'perSecond'>): MoveTask;
  cancel(handle: string): MoveTask;
  /** The latest first. */
  ofSource(sourceArn: string): readonly MoveTask[];
}

/** Redrives from dead-letter queues: at once, or so many a second by the clock. */
export function startMoveTasks(queues: Queues, clock: Clock): MoveTasks {
  const tasks = new Map<string, MoveTask>();
  const step = (handle: string): void => {
    const task = tasks.get(handle);
    if (task?.status !== 'RUNNING') return;
    const left = Math.min(task.perSecond ?? Infinity, task.toMove - task.moved);
    const result = moveSome(queues, task, left);
    const moved = task.moved + result.moved;
    const isOver = moved >= task.toMove || result.moved < left;
    const status = result.failureReason !== undefined ? 'FAILED' : isOver ? 'COMPLETED' : 'RUNNING';
    const reason = result.failureReason === undefined ? {} : { failureReason: result.failureReason };
    tasks.set(handle, { ...task, moved, status, ...reason });
    if (status === 'RUNNING') clock.at(clock.now() + 1000, () => step(handle));
  };
  const find = (handle: string): MoveTask => {
    const found = tasks.get(handle);
    if (found === undefined) throw sqsError('ResourceNotFoundException', 'Task does not exist.');
    return found;
  };
  return {
    start(asked) {
      const handle = randomUUID();
      const toMove = queues.queue(asked.sourceArn).depth().visible;
      tasks.set(handle, { ...asked, handle, toMove, moved: 0, startedAtEpochMs: clock.now(), status: 'RUNNING' });
      step(handle);
      return find(handle);
    },
    cancel(handle) {
      const task = find(handle);
      if (task.status !== 'RUNNING')
        throw sqsError('UnsupportedOperation', `Only active tasks can be cancelled; this one is ${task.status}.`);
      tasks.set(handle, { ...task, status: 'CANCELLED' });
      return find(handle);
    },
    ofSource: (sourceArn) => [...tasks.values()].filter((task) => task.sourceArn === sourceArn).reverse(),
  };
}

function moveSome(
  queues: Queues,
  task: MoveTask,
  count: number,
): { readonly moved: number; readonly failureReason?: string } {
  const source = queues.queue(task.sourceArn);
  const chosen = source
    .messages()
    .filter((message) => message.state === 'visible')
    .slice(0, count);
  let moved = 0;
  for (const message of chosen) {
    const destination = task.destinationArn ?? message.deadLetterSourceArn;
    if (destination === undefined || !queues.arns().includes(destination)) {
      return { moved, failureReason: 'CouldNotDetermineMessageSource' };
    }
    source.remove(message.messageId);
    queues.moveBack(message, destination);
    moved += 1;
  }
  return { moved };
}

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
