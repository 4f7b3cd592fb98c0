import type { SinkTestEvent, TaskRouterEvent } from '../events/twilio-event.ts';
import type { JsonObject } from '../json.ts';

export interface CloudEventStyle {
  readonly dataAs: 'object' | 'text';
  readonly schemaVersion: number;
}

/** One item of Event Streams' array: schema TaskRouter.WDSEvent (twilio.com/docs/events/event-types/taskrouter, read 2026-11). */
export function cloudEvent(event: TaskRouterEvent, { dataAs, schemaVersion }: CloudEventStyle): JsonObject {
  const about = eventData(event);
  return {
    specversion: '1.0',
    type: `com.twilio.taskrouter.${event.eventType}`,
    source: `AB${event.accountSid.slice(2)}`,
    id: event.cloudEventId,
    time: new Date(event.occurredAtMs).toISOString(),
    dataschema: `https://events-schemas.twilio.com/TaskRouter.WDSEvent/${schemaVersion}`,
    datacontenttype: 'application/json',
    data: dataAs === 'text' ? JSON.stringify(about) : about,
  };
}

/** Its `id` is the account's SID, so every test has the same one; of its `type` Twilio's pages say nothing (read 2026-11). */
export function testEvent({ accountSid, testId, occurredAtMs }: SinkTestEvent): JsonObject {
  return {
    specversion: '1.0',
    type: 'com.twilio.eventstreams.test-event',
    source: 'Sink',
    id: accountSid,
    time: new Date(occurredAtMs).toISOString(),
    dataschema: 'https://events-schemas.twilio.com/EventStreams.TestSink/1',
    datacontenttype: 'application/json',
    data: { test_id: testId },
  };
}

function eventData(event: TaskRouterEvent): JsonObject {
  return {
    sid: event.eventSid,
    name: pascalCase(event.eventType),
    account_sid: event.accountSid,
    account_friendly_name: 'Contact Centre',
    parent_account_sid: null,
    parent_friendly_name: null,
    timestamp: new Date(event.occurredAtMs).toISOString(),
    level: 'INFO',
    group: event.eventType.slice(0, event.eventType.indexOf('.')),
    product_name: 'TaskRouter',
    publisher: event.workspaceName,
    publisher_metadata: '{}',
    payload_type: 'application/json',
    payload: eventPayload(event),
  };
}

/** The classic fields in snake case; `eventtype` is one word. */
function eventPayload(event: TaskRouterEvent): JsonObject {
  const fields = Object.entries({ ...event.fields, ...event.streamOnlyFields });
  return {
    sid: event.eventSid,
    eventtype: event.eventType,
    event_description: event.description,
    account_sid: event.accountSid,
    timestamp: new Date(event.occurredAtMs).toISOString(),
    workspace_sid: event.workspaceSid,
    workspace_name: event.workspaceName,
    resource_type: event.resourceType,
    resource_sid: event.resourceSid,
    ...Object.fromEntries(fields.map(([name, value]) => [snakeCase(name), value])),
  };
}

const snakeCase = (name: string): string => name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase();

const pascalCase = (eventType: string): string =>
  eventType.replace(/(^|[.-])([a-z])/g, (_whole, _before, letter: string) => letter.toUpperCase());
