import { taskQueueSid, type WorkspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { byName, sidOfName } from './named-things.ts';
import type { TaskQueue } from './routing-records.ts';
import type { World } from './world.ts';

export type NewTaskQueue = Pick<TaskQueue, 'name'> &
  Partial<
    Pick<
      TaskQueue,
      'sid' | 'targetWorkers' | 'maxReservedWorkers' | 'taskOrder' | 'reservationActivity' | 'assignmentActivity'
    >
  >;

/** With Twilio's defaults (twilio.com/docs/taskrouter/api/task-queue, read 2026-11): every worker, one at a time, oldest first. */
export function createTaskQueue(world: World, workspaceSid: WorkspaceSid, made: NewTaskQueue): TaskQueue {
  const nowMs = world.clock.now();
  const queue: TaskQueue = {
    sid: taskQueueSid(world.sids.next('WQ')),
    workspaceSid,
    targetWorkers: '1==1',
    maxReservedWorkers: 1,
    taskOrder: 'FIFO',
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    ...made,
  };
  world.taskQueues.set(queue.sid, queue);
  return queue;
}

/** The queue of that name; where there is none it is made. */
export function queueNamed(world: World, workspaceSid: WorkspaceSid, name: string): TaskQueue {
  const sid = taskQueueSid(sidOfName(world, 'WQ', workspaceSid, name));
  return byName(world.taskQueues, workspaceSid, name) ?? createTaskQueue(world, workspaceSid, { name, sid });
}

/** One that is known by its name; a second call changes it, or with another SID takes its place. */
export function placeQueue(world: World, workspaceSid: WorkspaceSid, made: NewTaskQueue): TaskQueue {
  const known = byName(world.taskQueues, workspaceSid, made.name);
  const sid = made.sid ?? known?.sid ?? taskQueueSid(sidOfName(world, 'WQ', workspaceSid, made.name));
  if (known?.sid === sid) return Object.assign(known, made);
  if (known !== undefined) world.taskQueues.delete(known.sid);
  return createTaskQueue(world, workspaceSid, { ...made, sid });
}
