import type { TaskEvent } from './task-event.ts';
import type { TaskRecord } from './task-record.ts';

/** The queue as the latest event that names one says; an older event of the same queue may still tell its name. */
export function queueAfter(task: TaskRecord, event: TaskEvent): TaskRecord {
  const { taskQueueSid, taskQueueName } = event;
  if (taskQueueSid === undefined) return task;
  const isSame = taskQueueSid === task.taskQueueSid;
  const isNewer = isNewerQueue(task, taskQueueSid, event.occurredAt);
  const { taskQueueName: nameBefore, ...rest } = task;
  if (!isNewer) return isSame ? named(task, nameBefore ?? taskQueueName) : task;
  return named(
    { ...rest, taskQueueSid, taskQueueAt: event.occurredAt },
    taskQueueName ?? (isSame ? nameBefore : undefined),
  );
}

/** Of two queues at one moment the one with the greater SID counts, so that it is the same one in every order. */
function isNewerQueue(task: TaskRecord, sid: string, at: Date): boolean {
  if (task.taskQueueAt === undefined || task.taskQueueSid === undefined || at > task.taskQueueAt) return true;
  return at.getTime() === task.taskQueueAt.getTime() && sid >= task.taskQueueSid;
}

function named(task: TaskRecord, taskQueueName: string | undefined): TaskRecord {
  return taskQueueName === undefined ? task : { ...task, taskQueueName };
}
