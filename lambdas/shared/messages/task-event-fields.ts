import { PermanentError } from '../domain/outcome.ts';
import type { IgnoreReason } from '../domain/outcome.ts';
import {
  accountSid,
  reservationSid,
  taskQueueSid,
  taskSid,
  transferSid,
  workerSid,
  workspaceSid,
} from '../domain/sids.ts';
import { isHandledEventType } from '../domain/task-event.ts';
import type { TaskEvent } from '../domain/task-event.ts';

/** What one item of a webhook turned out to be. An unreadable item says so as a value, so that the others go on. */
export type ParsedTaskEvent =
  | { readonly kind: 'event'; readonly event: TaskEvent }
  | { readonly kind: 'ignored'; readonly reason: IgnoreReason }
  | { readonly kind: 'unreadable'; readonly error: PermanentError };

/** The fields that both transports carry, under one name each, as they came. */
export interface TaskEventFields {
  readonly eventSid: unknown;
  readonly eventType: unknown;
  readonly accountSid: unknown;
  readonly workspaceSid: unknown;
  readonly timestamp: unknown;
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
  const { eventType } = fields;
  if (typeof eventType !== 'string') return unreadable('event-type-missing', 'the event has no type');
  if (!isHandledEventType(eventType)) return { kind: 'ignored', reason: 'event-type-not-handled' };
  if (!taskSid.is(fields.taskSid))
    return unreadable('invalid-sid', `${eventType}: its task SID is missing or is not a WT SID`);
  if (!accountSid.is(fields.accountSid))
    return unreadable('invalid-sid', `${eventType}: its account SID is missing or is not an AC SID`);
  if (!workspaceSid.is(fields.workspaceSid))
    return unreadable('invalid-sid', `${eventType}: its workspace SID is missing or is not a WS SID`);
  const occurredAt = readTimestamp(fields.timestamp);
  if (occurredAt === undefined)
    return unreadable('timestamp-unreadable', `${eventType}: its timestamp is missing or not a time`);
  const taskCreatedAt = readTimestamp(fields.taskCreated);
  const reason = [fields.completedReason, fields.canceledReason].find(isText);
  return {
    kind: 'event',
    event: {
      eventSid: isId(fields.eventSid) ? fields.eventSid : `${eventType}@${fields.taskSid}`,
      eventType,
      accountSid: fields.accountSid,
      workspaceSid: fields.workspaceSid,
      occurredAt,
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

/**
 * Reads a time as Twilio writes it: ISO 8601, RFC 2822, epoch seconds or epoch milliseconds, as text or number.
 * Callbacks carry seconds in `Timestamp` and milliseconds in `TimestampMs`; Event Streams carries ISO 8601.
 */
export function readTimestamp(value: unknown): Date | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  const isNumber = /^\d{9,14}$/.test(text);
  // Ten digits are seconds until the year 2286; thirteen are milliseconds since 2001.
  const epochMs = isNumber ? Number(text) * (text.length <= 11 ? 1000 : 1) : Date.parse(text);
  return text === '' || Number.isNaN(epochMs) ? undefined : new Date(epochMs);
}

export function unreadable(reason: string, message: string): ParsedTaskEvent {
  return { kind: 'unreadable', error: new PermanentError(message, { reason }) };
}

/** An EV SID or a CloudEvent's id. It stands in log lines and timelines, so no other text is taken for one. */
function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9._:-]{1,64}$/.test(value);
}

function isTransferMode(value: unknown): value is 'WARM' | 'COLD' {
  return value === 'WARM' || value === 'COLD';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
