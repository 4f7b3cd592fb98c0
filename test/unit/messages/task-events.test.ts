import { parseEventStreams } from '../../../lambdas/shared/messages/event-streams.ts';
import type { ProvedWebhook } from '../../../lambdas/shared/messages/gateway-envelope.ts';
import { parseTaskCallback } from '../../../lambdas/shared/messages/task-callback.ts';
import { readTimestamp } from '../../../lambdas/shared/messages/event-frame.ts';
import { sids } from '../../support/example-sids.ts';
import { provedWebhook } from '../../support/proved-webhook.ts';

// Fields as listed in https://www.twilio.com/docs/taskrouter/api/event/reference, read 2026-11.
const callback = {
  Sid: sids.event(1),
  EventType: 'reservation.accepted',
  AccountSid: sids.account(),
  WorkspaceSid: sids.workspace(),
  Timestamp: '1772445600',
  TimestampMs: '1772445600123',
  TaskSid: sids.task(),
  TaskAttributes: '{"name":"Ada Example"}',
  TaskChannelUniqueName: 'voice',
  TaskQueueSid: sids.queue(),
  TaskQueueName: 'Everyone',
  ReservationSid: sids.reservation(),
  WorkerSid: sids.worker(),
};

const payload = {
  sid: sids.event(1),
  eventtype: 'reservation.accepted',
  account_sid: sids.account(),
  workspace_sid: sids.workspace(),
  timestamp: '2026-03-02T10:00:00.123Z',
  task_sid: sids.task(),
  task_attributes: '{"name":"Ada Example"}',
  task_channel_unique_name: 'voice',
  task_queue_sid: sids.queue(),
  task_queue_name: 'Everyone',
  reservation_sid: sids.reservation(),
  worker_sid: sids.worker(),
};

const cloudEvent = (over: object = {}) => ({
  specversion: '1.0',
  type: 'com.twilio.taskrouter.reservation.accepted',
  source: 'AB1',
  id: 'NO1',
  dataschema: 'https://events-schemas.twilio.com/TaskRouter.WDSEvent/4',
  data: { sid: sids.event(1), payload },
  ...over,
});

const form = (fields: Record<string, string>): ProvedWebhook =>
  provedWebhook('twilio/task-events', new URLSearchParams(fields).toString());
const json = (body: unknown): ProvedWebhook => provedWebhook('twilio/event-streams', JSON.stringify(body));

describe('one event', () => {
  const expected = {
    kind: 'event',
    event: {
      eventSid: sids.event(1),
      eventType: 'reservation.accepted',
      accountSid: sids.account(),
      workspaceSid: sids.workspace(),
      occurredAt: new Date('2026-03-02T10:00:00.123Z'),
      taskSid: sids.task(),
      attributesText: '{"name":"Ada Example"}',
      channel: 'voice',
      taskQueueSid: sids.queue(),
      taskQueueName: 'Everyone',
      reservationSid: sids.reservation(),
      workerSid: sids.worker(),
    },
  };

  it('is read from a workspace callback', () => {
    expect(parseTaskCallback(form(callback))).toEqual(expected);
  });

  it('is the same event when Event Streams brings it', () => {
    expect(parseEventStreams(json([cloudEvent()]))).toEqual([expected]);
  });

  it.each([
    ['data as JSON text', cloudEvent({ data: JSON.stringify({ sid: sids.event(1), payload }) })],
    ['payload as JSON text', cloudEvent({ data: { payload: JSON.stringify(payload) } })],
  ])('is the same event with %s', (_case, event) => {
    expect(parseEventStreams(json([event]))).toEqual([expected]);
  });

  it('is the same event without its array', () => {
    expect(parseEventStreams(json(cloudEvent()))).toEqual([expected]);
  });
});

describe('what calls itself the id of an event', () => {
  it.each(['+12025550143', 'ada@example.com', 'Ada Example', 'x'.repeat(65), 'EV1\n', 'EV1\u2028'])(
    'is not kept when it is %p: log lines and timelines carry it',
    (Sid) => {
      expect(parseTaskCallback(form({ ...callback, Sid }))).toMatchObject({
        event: { eventSid: `reservation.accepted@${sids.task()}` },
      });
    },
  );

  it('is kept when it is a CloudEvent’s', () => {
    const { sid: _none, ...rest } = payload;
    const id = 'b4a3f5a1-7d3e-4c1e-9a55-0c7c5b0d2f4e';

    expect(parseEventStreams(json([cloudEvent({ id, data: { payload: rest } })]))).toMatchObject([
      { event: { eventSid: id } },
    ]);
  });
});

describe('an Event Streams body', () => {
  it('gives every item its own reading, also after one that cannot be read', () => {
    const wrongTask = cloudEvent({ data: { payload: { ...payload, task_sid: sids.call() } } });
    const ofAWorker = cloudEvent({ data: { payload: { ...payload, eventtype: 'worker.created' } } });
    const kinds = parseEventStreams(json([wrongTask, 'text', ofAWorker, cloudEvent()])).map(({ kind }) => kind);

    expect(kinds).toEqual(['unreadable', 'unreadable', 'ignored', 'event']);
  });

  it.each(['abc', 'é😀', 'x'.repeat(100)])(
    'that tests a sink is a test event of which its id is all that is kept',
    (test_id) => {
      const type = 'com.twilio.eventstreams.test-event';

      expect(parseEventStreams(json([cloudEvent({ type, data: { test_id, note: '+12025550143' } })]))).toEqual([
        { kind: 'test-event', testId: test_id },
      ]);
    },
  );

  it.each(['', 'x'.repeat(101), 7, null, { a: 1 }])('whose test id is none, %j, is ignored by name', (test_id) => {
    expect(
      parseEventStreams(json([cloudEvent({ type: 'com.twilio.eventstreams.test-event', data: { test_id } })])),
    ).toEqual([{ kind: 'ignored', reason: 'test-event' }]);
  });

  it('of another product’s type is ignored by name', () => {
    expect(
      parseEventStreams(json([cloudEvent({ type: 'com.twilio.voice.status-callback.recording.processed' })])),
    ).toEqual([{ kind: 'ignored', reason: 'event-type-not-handled' }]);
  });

  it('without a payload is unreadable, and nothing of it is quoted', () => {
    const type = 'com.twilio.taskrouter.+12025550143';

    expect(parseEventStreams(json([cloudEvent({ type, data: {} })]))).toMatchObject([
      { kind: 'unreadable', error: { message: 'the data of a TaskRouter event has no payload object' } },
    ]);
  });

  it('that is not JSON is parked, and not quoted', () => {
    expect(() => parseEventStreams(provedWebhook('twilio/event-streams', '[{"phone":"+12025550143"'))).toThrow(
      /body of 24 characters is not JSON/,
    );
  });
});

describe('a workspace callback', () => {
  it.each([
    ['a task SID with another prefix', { TaskSid: sids.call() }, 'invalid-sid'],
    ['an empty task SID', { TaskSid: '' }, 'invalid-sid'],
    ['no account', { AccountSid: '' }, 'invalid-sid'],
    ['a time that is none', { TimestampMs: 'soon' }, 'timestamp-unreadable'],
  ])('with %s is unreadable and says so', (_case, over, reason) => {
    expect(parseTaskCallback(form({ ...callback, ...over }))).toMatchObject({ kind: 'unreadable', error: { reason } });
  });

  it('of a type that changes nothing we know is ignored by name', () => {
    expect(parseTaskCallback(form({ ...callback, EventType: 'reservation.created' }))).toEqual({
      kind: 'ignored',
      reason: 'event-type-not-handled',
    });
  });
});

describe('a time', () => {
  it.each([
    ['epoch seconds', '1772445600'],
    ['epoch milliseconds', '1772445600000'],
    ['a number of milliseconds', 1772445600000],
    ['ISO 8601', '2026-03-02T10:00:00Z'],
    ['RFC 2822', 'Mon, 02 Mar 2026 10:00:00 +0000'],
  ])('is read from %s', (_case, value) => {
    expect(readTimestamp(value)).toEqual(new Date('2026-03-02T10:00:00Z'));
  });

  it.each(['', ' ', 'yesterday', undefined, null, {}, '1999-12-31T23:59:59Z', '+275760-09-13T00:00:00.000Z'])(
    'is not read from %p',
    (value) => {
      expect(readTimestamp(value)).toBeUndefined();
    },
  );
});
