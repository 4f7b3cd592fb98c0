import { taskQueueSid, taskSid, type TaskQueueSid, type TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import { emitTaskEvent, emitTaskRouterEvent } from '../events/emit.ts';
import { queueFields, taskFields, taskStreamFields } from '../events/fields.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { NewTask, TaskStatus } from '../simulator.ts';
import { attributesFault } from './attributes.ts';
import type { Task } from './records.ts';
import { closeReservations } from './reservation-life.ts';
import { needOpenTask, needTask, touch } from './task.ts';
import { workflowSid } from './workflow.ts';
import type { World } from './world.ts';

/** 24 hours (twilio.com/docs/taskrouter/api/task, read 2026-11). */
const DEFAULT_TIMEOUT_SECONDS = 86_400;

export function createTask(world: World, input: NewTask): TaskSid {
  const attributes = JSON.stringify(input.attributes);
  const fault = attributesFault(attributes);
  if (fault !== undefined) throw new RefusedByTwilioError(`a new task: ${fault}`);
  const nowMs = world.clock.now();
  const task: Task = {
    sid: taskSid(world.sids.next('WT')),
    workspaceSid: input.workspaceSid ?? world.workspaceSid,
    channel: input.channel,
    workflow: input.workflow,
    priority: input.priority ?? 0,
    timeoutSeconds: input.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
    createdAtMs: nowMs,
    reservations: [],
    history: [{ at: new Date(nowMs), by: 'creator', attributes }],
    queue: input.queue,
    queueEnteredAtMs: nowMs,
    status: 'pending',
    attributes,
    revision: 0,
    updatedAtMs: nowMs,
  };
  world.tasks.set(task.sid, task);
  emitTaskEvent(world, 'task.created', task);
  emitRoutingEvent(world, 'workflow.entered', task);
  emitRoutingEvent(world, 'task-queue.entered', task);
  return task.sid;
}

export const queueSid = (world: World, name: string): TaskQueueSid => taskQueueSid(world.sids.named('WQ', name));

export function moveToQueue(world: World, sid: TaskSid, queue: string): void {
  const task = needOpenTask(world, sid);
  task.queue = queue;
  task.queueEnteredAtMs = world.clock.now();
  touch(world, task);
  emitRoutingEvent(world, 'task-queue.moved', task);
  emitRoutingEvent(world, 'task-queue.entered', task);
}

/** @throws {RefusedByTwilioError} unless somebody has accepted it. */
export function completeTask(world: World, sid: TaskSid, reason: string): void {
  const task = needOpenTask(world, sid);
  if (task.status !== 'assigned' && task.status !== 'wrapping') {
    throw new RefusedByTwilioError(`task ${sid} is ${task.status}: only an assigned or wrapping task can be completed`);
  }
  closeReservations(world, task, 'completed');
  end(world, task, 'completed', reason);
}

/** @throws {RefusedByTwilioError} when somebody has accepted it: such a task is completed, not canceled. */
export function cancelTask(world: World, sid: TaskSid, reason: string): void {
  const task = needOpenTask(world, sid);
  if (task.status !== 'pending' && task.status !== 'reserved') {
    throw new RefusedByTwilioError(`task ${sid} is ${task.status}: only a pending or reserved task can be canceled`);
  }
  closeReservations(world, task, 'canceled');
  end(world, task, 'canceled', reason);
}

export function deleteTask(world: World, sid: TaskSid): void {
  remove(world, needTask(world, sid), 'task.deleted');
}

export function systemDeleteTask(world: World, sid: TaskSid, reason: string): void {
  const task = needTask(world, sid);
  task.reason = reason;
  remove(world, task, 'task.system-deleted');
}

function end(world: World, task: Task, status: TaskStatus & ('completed' | 'canceled'), reason: string): void {
  task.status = status;
  task.reason = reason;
  task.endedAtMs = world.clock.now();
  touch(world, task);
  emitTaskEvent(world, `task.${status}`, task);
}

function remove(world: World, task: Task, eventType: string): void {
  task.deletedByRequestAtMs = world.clock.now();
  emitTaskEvent(world, eventType, task);
}

function emitRoutingEvent(world: World, eventType: string, task: Task): void {
  const isQueue = eventType.startsWith('task-queue.');
  emitTaskRouterEvent(world, {
    eventType,
    resource: isQueue
      ? { type: 'task-queue', sid: queueSid(world, task.queue) }
      : { type: 'workflow', sid: workflowSid(world, task.workflow) },
    fields: { ...taskFields(world, task), ...(isQueue && queueFields(world, task)) },
    streamOnlyFields: taskStreamFields(world, task),
    task,
  });
}
