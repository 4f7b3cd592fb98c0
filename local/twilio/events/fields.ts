import type { Reservation, Task, Transfer, Worker } from '../state/records.ts';
import type { World } from '../state/world.ts';
import type { EventFields } from './twilio-event.ts';

/** The blocks of twilio.com/docs/taskrouter/api/event/reference (read 2026-11), by their names in the classic callback. */

export function taskFields(world: World, task: Task): EventFields {
  return {
    TaskSid: task.sid,
    TaskAttributes: task.attributes,
    TaskAge: secondsSince(world, task.createdAtMs),
    TaskPriority: task.priority,
    TaskAssignmentStatus: task.status,
    TaskCanceledReason: task.status === 'canceled' ? (task.reason ?? null) : null,
    TaskCompletedReason: task.status === 'completed' ? (task.reason ?? null) : null,
    TaskChannelSid: task.channel.sid,
    TaskChannelUniqueName: task.channel.uniqueName,
    WorkflowSid: task.workflow.sid,
    WorkflowName: task.workflow.name,
  };
}

export function queueFields(task: Task): EventFields {
  return { TaskQueueSid: task.queue.sid, TaskQueueName: task.queue.name };
}

/** Seen in Event Streams' payload; whether the classic callback has them is not confirmed (read 2026-11). */
export function taskStreamFields(world: World, task: Task): EventFields {
  return {
    TaskDateCreated: new Date(task.createdAtMs).toISOString(),
    TaskQueueEnteredDate: new Date(task.queueEnteredAtMs).toISOString(),
    TaskAgeInQueue: secondsSince(world, task.queueEnteredAtMs),
    TaskVersion: task.revision,
  };
}

export function workerFields(worker: Worker): EventFields {
  return {
    WorkerSid: worker.sid,
    WorkerName: worker.name,
    WorkerAttributes: worker.attributes,
    WorkerActivitySid: worker.activity.sid,
    WorkerActivityName: worker.activity.name,
    WorkerVersion: worker.version,
  };
}

export function reservationFields(reservation: Reservation): EventFields {
  return { ReservationSid: reservation.sid };
}

export function transferFields(transfer: Transfer): EventFields {
  return {
    TaskTransferSid: transfer.sid,
    TransferMode: transfer.mode,
    TransferType: transfer.type,
    TransferTo: transfer.to,
    TransferStatus: transfer.status,
    TransferStarted: new Date(transfer.startedAtMs).toISOString(),
    TransferInitiatingReservationSid: transfer.fromReservationSid,
    TransferInitiatingWorkerSid: transfer.fromWorkerSid,
    TransferFailedReason: transfer.failedReason ?? null,
  };
}

const secondsSince = (world: World, epochMs: number): number =>
  Math.max(0, Math.floor((world.clock.now() - epochMs) / 1000));
