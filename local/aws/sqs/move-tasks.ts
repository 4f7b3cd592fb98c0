import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Queues } from './queues.ts';
import { sqsError } from './sqs-errors.ts';

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
