import type { TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { TaskView } from '../simulator.ts';
import type { Reservation, Task } from './records.ts';
import type { World } from './world.ts';

export const etagOf = (task: Task): string => `"${task.revision}"`;

/** When TaskRouter deleted it, by request or silently some minutes after its end; undefined while it is there. */
function deletedAtMs(world: World, task: Task): number | undefined {
  if (task.deletedByRequestAtMs !== undefined) return task.deletedByRequestAtMs;
  if (task.endedAtMs === undefined) return undefined;
  const at = task.endedAtMs + world.keptAfterEndMs;
  return world.clock.now() >= at ? at : undefined;
}

/** The task as REST would find it: undefined when there was none, or it is deleted. */
export function liveTask(world: World, sid: TaskSid): Task | undefined {
  const task = world.tasks.get(sid);
  return task === undefined || deletedAtMs(world, task) !== undefined ? undefined : task;
}

/** @throws {RefusedByTwilioError} when there is none, or it is deleted. */
export function needTask(world: World, sid: TaskSid): Task {
  const task = liveTask(world, sid);
  if (task === undefined) throw new RefusedByTwilioError(`task ${sid} is not there (any more)`);
  return task;
}

/** @throws {RefusedByTwilioError} when it is deleted, completed or canceled. */
export function needOpenTask(world: World, sid: TaskSid): Task {
  const task = needTask(world, sid);
  if (task.endedAtMs !== undefined) throw new RefusedByTwilioError(`task ${sid} is over: ${task.status}`);
  return task;
}

/** Says that the task changed: a new revision, and so a new ETag. */
export function touch(world: World, task: Task): void {
  task.revision += 1;
  task.updatedAtMs = world.clock.now();
}

export function viewOf(world: World, task: Task): TaskView {
  const deletedAt = deletedAtMs(world, task);
  return {
    taskSid: task.sid,
    workspaceSid: task.workspaceSid,
    status: deletedAt === undefined ? task.status : 'deleted',
    attributes: task.attributes,
    etag: etagOf(task),
    channel: task.channel.uniqueName,
    queue: task.queue.name,
    priority: task.priority,
    createdAt: new Date(task.createdAtMs),
    ...(task.endedAtMs !== undefined && { endedAt: new Date(task.endedAtMs) }),
    ...(deletedAt !== undefined && { deletedAt: new Date(deletedAt) }),
    ...(task.reason !== undefined && { reason: task.reason }),
    reservations: task.reservations.map(reservationView),
    history: [...task.history],
  };
}

function reservationView({ sid, workerSid, status, endedAtMs }: Reservation): TaskView['reservations'][number] {
  return { reservationSid: sid, workerSid, status, ...(endedAtMs !== undefined && { endedAt: new Date(endedAtMs) }) };
}
