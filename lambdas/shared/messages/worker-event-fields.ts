import { workerSid } from '../domain/sids.ts';
import { isWorkerEventType } from '../domain/worker/worker-event.ts';
import type { WorkerEvent } from '../domain/worker/worker-event.ts';
import { isText, readEventFrame, unreadable } from './event-frame.ts';
import type { EventFrameFields, UnusableEvent } from './event-frame.ts';

/** What an event about a worker turned out to be. */
export type ParsedWorkerEvent = { readonly kind: 'worker-event'; readonly event: WorkerEvent } | UnusableEvent;

/** The fields that both transports carry, under one name each, as they came. */
export interface WorkerEventFields extends EventFrameFields {
  readonly workerSid: unknown;
  readonly workerName: unknown;
  readonly activityName: unknown;
  readonly previousActivityName: unknown;
  readonly workerAttributes: unknown;
}

/**
 * The fields of a workspace callback; `field` gives the form's value under a name.
 * (https://www.twilio.com/docs/taskrouter/api/event/reference, read 2026-11; `TimestampMs` is added in
 * https://www.twilio.com/docs/api/taskrouter/changelog. `Sid` and `WorkerPreviousActivityName` are on neither page: they
 * are what public receivers of these callbacks read, and may be absent.)
 */
export function workerFieldsOfCallback(field: (name: string) => string | undefined): WorkerEventFields {
  return {
    eventSid: field('Sid'),
    eventType: field('EventType'),
    accountSid: field('AccountSid'),
    workspaceSid: field('WorkspaceSid'),
    timestamp: field('TimestampMs') ?? field('Timestamp'),
    workerSid: field('WorkerSid'),
    workerName: field('WorkerName'),
    activityName: field('WorkerActivityName'),
    previousActivityName: field('WorkerPreviousActivityName'),
    workerAttributes: field('WorkerAttributes'),
  };
}

/**
 * The fields of an Event Streams payload (`data.payload` of the CloudEvent), in snake case.
 * (https://www.twilio.com/docs/events/event-types/taskrouter/worker, schema version 4, the example's frame read 2026-11.
 * The names that begin with `worker_` are those of Elastic's integration for Twilio, not read in Twilio's own example.)
 */
export function workerFieldsOfPayload(payload: Readonly<Record<string, unknown>>): WorkerEventFields {
  return {
    eventSid: payload['sid'],
    eventType: payload['eventtype'],
    accountSid: payload['account_sid'],
    workspaceSid: payload['workspace_sid'],
    timestamp: payload['timestamp'],
    workerSid: payload['worker_sid'],
    workerName: payload['worker_name'],
    activityName: payload['worker_activity_name'],
    previousActivityName: payload['worker_previous_activity_name'],
    workerAttributes: payload['worker_attributes'],
  };
}

/** Makes the one canonical event of the fields of either transport. */
export function readWorkerEvent(fields: WorkerEventFields): ParsedWorkerEvent {
  const read = readEventFrame(fields, isWorkerEventType);
  if (read.kind !== 'frame') return read;
  const { eventSid, ...common } = read.frame;
  const { eventType, occurredAt } = common;
  if (!workerSid.is(fields.workerSid))
    return unreadable('invalid-sid', `${eventType}: its worker SID is missing or is not a WK SID`);
  return {
    kind: 'worker-event',
    event: {
      ...common,
      // Without an id of its own, what happened to whom and when is one: a repeat has the same.
      eventSid: eventSid ?? `${eventType}@${fields.workerSid}@${occurredAt.getTime()}`,
      workerSid: fields.workerSid,
      ...(isText(fields.workerName) && { workerName: fields.workerName }),
      ...(isText(fields.activityName) && { activityName: fields.activityName }),
      ...(isText(fields.previousActivityName) && { previousActivityName: fields.previousActivityName }),
      ...(isText(fields.workerAttributes) && { attributesText: fields.workerAttributes }),
    },
  };
}
