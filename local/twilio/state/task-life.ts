import { taskSid, type TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import { emitTaskEvent, emitTaskRouterEvent } from '../events/emit.ts';
import { queueFields, taskFields, taskStreamFields } from '../events/fields.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { NewTask, TaskStatus } from '../simulator.ts';
import { attributesFault } from './attributes.ts';
import type { Task } from './records.ts';
import { closeReservations } from './reservation-life.ts';
import { needOpenTask, needTask, touch } from './task.ts';
import { channelNamed } from './task-channels.ts';
import { queueNamed } from './task-queues.ts';
import { workflowNamed } from './workflow.ts';
import { workspaceOf } from './workspaces.ts';
import type { World } from './world.ts';

/** 24 hours (twilio.com/docs/taskrouter/api/task, read 2026-11). */
const DEFAULT_TIMEOUT_SECONDS = 86_400;

/** What a task is made of, everything found already. */
export type NewTaskOf = Pick<Task, 'workspaceSid' | 'workflow' | 'channel' | 'queue' | 'attributes'> &
  Partial<Pick<Task, 'priority' | 'timeoutSeconds' | 'virtualStartMs' | 'routingTarget' | 'ignoreCapacity'>>;

/** Workflow, channel and queue by their names; those that are not there yet are made. */
export function createTask(world: World, input: NewTask): TaskSid {
  const attributes = JSON.stringify(input.attributes);
  const fault = attributesFault(attributes);
  if (fault !== undefined) throw new RefusedByTwilioError(`a new task: ${fault}`);
  const workspaceSid = workspaceOf(world, input.workspaceSid).sid;
  const queue = queueNamed(world, workspaceSid, input.queue);
  const { priority, timeoutSeconds } = input;
  return enterTask(world, {
    ...{ workspaceSid, queue, attributes },
    channel: channelNamed(world, workspaceSid, input.channel),
    workflow: workflowNamed(world, workspaceSid, input.workflow, queue),
    ...(priority !== undefined && { priority }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  }).sid;
}

/** The attributes must be without fault. Emits task.created, workflow.entered and task-queue.entered. */
export function enterTask(world: World, made: NewTaskOf): Task {
  const nowMs = world.clock.now();
  const task: Task = {
    sid: taskSid(world.sids.next('WT')),
    ...{ priority: 0, timeoutSeconds: DEFAULT_TIMEOUT_SECONDS, virtualStartMs: nowMs, ignoreCapacity: false },
    ...made,
    createdAtMs: nowMs,
    reservations: [],
    history: [{ at: new Date(nowMs), by: 'creator', attributes: made.attributes }],
    queueEnteredAtMs: nowMs,
    status: 'pending',
    revision: 0,
    updatedAtMs: nowMs,
  };
  world.tasks.set(task.sid, task);
  emitTaskEvent(world, 'task.created', task);
  emitRoutingEvent(world, 'workflow.entered', task);
  emitRoutingEvent(world, 'task-queue.entered', task);
  return task;
}

export function moveToQueue(world: World, sid: TaskSid, queue: string): void {
  const task = needOpenTask(world, sid);
  task.queue = queueNamed(world, task.workspaceSid, queue);
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
    resource: isQueue ? { type: 'task-queue', sid: task.queue.sid } : { type: 'workflow', sid: task.workflow.sid },
    fields: { ...taskFields(world, task), ...(isQueue && queueFields(task)) },
    streamOnlyFields: taskStreamFields(world, task),
    task,
  });
}
