import { reservationSid, taskQueueSid, taskSid, transferSid, workerSid } from '../domain/sids.ts';
import { isHandledEventType } from '../domain/task-event.ts';
import type { TaskEvent } from '../domain/task-event.ts';
import { isText, readEventFrame, readTimestamp, unreadable } from './event-frame.ts';
import type { EventFrameFields, UnusableEvent } from './event-frame.ts';

/** What one item of a webhook turned out to be. */
export type ParsedTaskEvent = { readonly kind: 'event'; readonly event: TaskEvent } | UnusableEvent;

/** The fields that both transports carry, under one name each, as they came. */
export interface TaskEventFields extends EventFrameFields {
  readonly taskSid: unknown;
  readonly taskAttributes: unknown;
  readonly taskCreated: unknown;
  readonly channel: unknown;
  readonly taskQueueSid: unknown;
  readonly taskQueueName: unknown;
  readonly reservationSid: unknown;
  readonly workerSid: unknown;
  readonly transferSid: unknown;
  readonly transferFromReservationSid: unknown;
  readonly transferTo: unknown;
  readonly transferMode: unknown;
  readonly workerName: unknown;
  readonly workerAttributes: unknown;
  readonly completedReason: unknown;
  readonly canceledReason: unknown;
}

/** Makes the one canonical event of the fields of either transport. */
export function readTaskEvent(fields: TaskEventFields): ParsedTaskEvent {
  const read = readEventFrame(fields, isHandledEventType);
  if (read.kind !== 'frame') return read;
  const { eventSid, ...common } = read.frame;
  if (!taskSid.is(fields.taskSid))
    return unreadable('invalid-sid', `${common.eventType}: its task SID is missing or is not a WT SID`);
  const taskCreatedAt = readTimestamp(fields.taskCreated);
  const reason = [fields.completedReason, fields.canceledReason].find(isText);
  return {
    kind: 'event',
    event: {
      ...common,
      eventSid: eventSid ?? `${common.eventType}@${fields.taskSid}`,
      taskSid: fields.taskSid,
      ...(typeof fields.taskAttributes === 'string' && { attributesText: fields.taskAttributes }),
      ...(taskCreatedAt !== undefined && { taskCreatedAt }),
      ...(isText(fields.channel) && { channel: fields.channel }),
      ...(taskQueueSid.is(fields.taskQueueSid) && { taskQueueSid: fields.taskQueueSid }),
      ...(isText(fields.taskQueueName) && { taskQueueName: fields.taskQueueName }),
      ...(reservationSid.is(fields.reservationSid) && { reservationSid: fields.reservationSid }),
      ...(workerSid.is(fields.workerSid) && { workerSid: fields.workerSid }),
      ...(isText(fields.workerName) && { workerName: fields.workerName }),
      ...(isText(fields.workerAttributes) && { workerAttributesText: fields.workerAttributes }),
      ...(reason !== undefined && { reason }),
      ...(transferSid.is(fields.transferSid) && {
        transfer: {
          transferSid: fields.transferSid,
          ...(reservationSid.is(fields.transferFromReservationSid) && {
            fromReservationSid: fields.transferFromReservationSid,
          }),
          ...(workerSid.is(fields.transferTo) && { toWorkerSid: fields.transferTo }),
          ...(isTransferMode(fields.transferMode) && { mode: fields.transferMode }),
        },
      }),
    },
  };
}

function isTransferMode(value: unknown): value is 'WARM' | 'COLD' {
  return value === 'WARM' || value === 'COLD';
}
