import { isObject } from '../domain/task-attributes.ts';
import { PermanentError } from '../domain/outcome.ts';
import { jsonOf } from './json-text.ts';
import type { ProvedWebhook } from './gateway-envelope.ts';
import { unreadable } from './event-frame.ts';
import type { UnusableEvent } from './event-frame.ts';
import { readTaskEvent } from './task-event-fields.ts';
import type { ParsedTaskEvent } from './task-event-fields.ts';
import { readWorkerEvent, workerFieldsOfPayload } from './worker-event-fields.ts';
import type { ParsedWorkerEvent } from './worker-event-fields.ts';
import { isWorkerEventType } from '../domain/worker/worker-event.ts';

const taskRouterTypes = 'com.twilio.taskrouter.';
const longestTestId = 100;

/** Twilio, or whoever else can sign, tries whether events come through; nothing of it but its id is handed on. */
export interface ParsedTestEvent {
  readonly kind: 'test-event';
  readonly testId: string;
}

type ParsedEvent = ParsedTaskEvent | ParsedWorkerEvent | ParsedTestEvent;

/**
 * Reads a webhook sink's body: a JSON array of CloudEvents, each of which is handled. A single event without its array
 * is taken too. `data` may be an object or JSON text; the TaskRouter event is `data.payload`, in snake_case, its type
 * in `eventtype`. (https://www.twilio.com/docs/events/event-types/taskrouter/task, schema version 4, read 2026-11)
 *
 * @throws {PermanentError} `unreadable-body` when the whole body is not JSON.
 */
export function parseEventStreams(webhook: ProvedWebhook): readonly ParsedEvent[] {
  const body = jsonOf(webhook.body);
  if (body === undefined) {
    throw new PermanentError(
      `the Event Streams body of ${webhook.body.length} characters is not JSON: wanted an array of CloudEvents`,
      {
        reason: 'unreadable-body',
      },
    );
  }
  const events: readonly unknown[] = Array.isArray(body) ? body : [body];
  return events.map(parseCloudEvent);
}

function parseCloudEvent(cloudEvent: unknown): ParsedEvent {
  if (!isObject(cloudEvent))
    return unreadable('unreadable-event', 'an item of the Event Streams body is not an object');
  const data = objectOrJson(cloudEvent['data']);
  const type = cloudEvent['type'];
  if (typeof type !== 'string' || !type.startsWith(taskRouterTypes)) return testEventOf(data);
  const payload = objectOrJson(data?.['payload']);
  if (payload === undefined)
    return unreadable('unreadable-event', 'the data of a TaskRouter event has no payload object');
  const common = {
    eventSid: payload['sid'] ?? data?.['sid'] ?? cloudEvent['id'],
    eventType: payload['eventtype'] ?? type.slice(taskRouterTypes.length),
    accountSid: payload['account_sid'] ?? data?.['account_sid'],
    timestamp: payload['timestamp'] ?? data?.['timestamp'] ?? cloudEvent['time'],
  };
  if (typeof common.eventType === 'string' && isWorkerEventType(common.eventType))
    return readWorkerEvent({ ...workerFieldsOfPayload(payload), ...common });
  return readTaskEvent({
    ...common,
    workspaceSid: payload['workspace_sid'],
    taskSid: payload['task_sid'],
    taskAttributes: payload['task_attributes'],
    taskCreated: payload['task_date_created'],
    channel: payload['task_channel_unique_name'],
    taskQueueSid: payload['task_queue_sid'],
    taskQueueName: payload['task_queue_name'],
    reservationSid: payload['reservation_sid'],
    workerSid: payload['worker_sid'],
    transferSid: payload['task_transfer_sid'] ?? payload['transfer_sid'],
    transferFromReservationSid: payload['transfer_initiating_reservation_sid'],
    transferTo: payload['transfer_to'],
    transferMode: payload['transfer_mode'],
    workerName: payload['worker_name'],
    workerAttributes: payload['worker_attributes'],
    completedReason: payload['task_completed_reason'],
    canceledReason: payload['task_canceled_reason'],
  });
}

/**
 * Its type is documented nowhere, so `test_id` is what it is known by.
 * (https://www.twilio.com/docs/events/event-streams/sink-resource/test, read 2026-11)
 */
function testEventOf(data: Readonly<Record<string, unknown>> | undefined): ParsedTestEvent | UnusableEvent {
  if (data === undefined || !('test_id' in data)) return { kind: 'ignored', reason: 'event-type-not-handled' };
  const testId = data['test_id'];
  return typeof testId === 'string' && testId !== '' && testId.length <= longestTestId
    ? { kind: 'test-event', testId }
    : { kind: 'ignored', reason: 'test-event' };
}

function objectOrJson(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const read = typeof value === 'string' ? jsonOf(value) : value;
  return isObject(read) ? read : undefined;
}
