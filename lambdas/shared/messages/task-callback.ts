import type { ProvedWebhook } from './gateway-envelope.ts';
import { formValue, parseFormBody } from './form-body.ts';
import { readTaskEvent } from './task-event-fields.ts';
import type { ParsedTaskEvent } from './task-event-fields.ts';
import { readWorkerEvent, workerFieldsOfCallback } from './worker-event-fields.ts';
import type { ParsedWorkerEvent } from './worker-event-fields.ts';
import { isWorkerEventType } from '../domain/worker/worker-event.ts';

/**
 * Reads one TaskRouter workspace callback (form), about a task or about a worker. `TimestampMs` is preferred to `Timestamp`, which has whole seconds.
 * (https://www.twilio.com/docs/taskrouter/api/event/reference, read 2026-11)
 */
export function parseTaskCallback(webhook: ProvedWebhook): ParsedTaskEvent | ParsedWorkerEvent {
  const form = parseFormBody(webhook.body);
  const field = (name: string): string | undefined => formValue(form, name);
  if (isWorkerEventType(field('EventType') ?? '')) return readWorkerEvent(workerFieldsOfCallback(field));
  return readTaskEvent({
    eventSid: field('Sid'),
    eventType: field('EventType'),
    accountSid: field('AccountSid'),
    workspaceSid: field('WorkspaceSid'),
    timestamp: field('TimestampMs') ?? field('Timestamp'),
    taskSid: field('TaskSid'),
    taskAttributes: field('TaskAttributes'),
    taskCreated: field('TaskDateCreated'),
    channel: field('TaskChannelUniqueName'),
    taskQueueSid: field('TaskQueueSid'),
    taskQueueName: field('TaskQueueName'),
    reservationSid: field('ReservationSid'),
    workerSid: field('WorkerSid'),
    transferSid: field('TaskTransferSid'),
    transferFromReservationSid: field('TransferInitiatingReservationSid'),
    transferTo: field('TransferTo'),
    transferMode: field('TransferMode'),
    workerName: field('WorkerName'),
    workerAttributes: field('WorkerAttributes'),
    completedReason: field('TaskCompletedReason'),
    canceledReason: field('TaskCanceledReason'),
  });
}
