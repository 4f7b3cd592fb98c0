import {
  readWorkerEvent,
  workerFieldsOfCallback,
  workerFieldsOfPayload,
} from '../../../lambdas/shared/messages/worker-event-fields.ts';
import { sids } from '../../support/example-sids.ts';

/** https://www.twilio.com/docs/taskrouter/api/event/reference, read 2026-11, and what callbacks have beside it. */
const callback: Readonly<Record<string, string>> = {
  Sid: sids.event(),
  EventType: 'worker.activity.update',
  AccountSid: sids.account(),
  WorkspaceSid: sids.workspace(),
  WorkspaceName: 'Flex Task Assignment',
  ResourceType: 'worker',
  ResourceSid: sids.worker(),
  Timestamp: '1795168800',
  TimestampMs: '1795168800250',
  WorkerSid: sids.worker(),
  WorkerName: 'ada',
  WorkerAttributes: '{"full_name":"Ada Example"}',
  WorkerActivityName: 'Lunch',
  WorkerPreviousActivityName: 'Available',
  WorkerTimeInPreviousActivity: '60',
};

const payload: Readonly<Record<string, unknown>> = {
  sid: sids.event(),
  eventtype: 'worker.activity.update',
  account_sid: sids.account(),
  workspace_sid: sids.workspace(),
  timestamp: '2026-11-20T10:00:00.250Z',
  worker_sid: sids.worker(),
  worker_name: 'ada',
  worker_attributes: '{"full_name":"Ada Example"}',
  worker_activity_name: 'Lunch',
  worker_previous_activity_name: 'Available',
  worker_time_in_previous_activity: 60,
};

const event = {
  eventSid: sids.event(),
  eventType: 'worker.activity.update',
  accountSid: sids.account(),
  workspaceSid: sids.workspace(),
  occurredAt: new Date('2026-11-20T10:00:00.250Z'),
  workerSid: sids.worker(),
  workerName: 'ada',
  activityName: 'Lunch',
  previousActivityName: 'Available',
  attributesText: '{"full_name":"Ada Example"}',
};

const ofCallback = (changes: Readonly<Record<string, string | undefined>> = {}) =>
  readWorkerEvent(workerFieldsOfCallback((name) => ({ ...callback, ...changes })[name]));

describe('an event about a worker', () => {
  it('says the same by callback and by Event Streams', () => {
    expect(ofCallback()).toEqual({ kind: 'worker-event', event });
    expect(readWorkerEvent(workerFieldsOfPayload(payload))).toEqual({ kind: 'worker-event', event });
  });

  it('has whole seconds where nothing finer came', () => {
    const parsed = ofCallback({ TimestampMs: undefined });

    expect(parsed).toMatchObject({ event: { occurredAt: new Date('2026-11-20T10:00:00Z') } });
  });

  it('is read when its attributes change', () => {
    expect(ofCallback({ EventType: 'worker.attributes.update' })).toMatchObject({
      kind: 'worker-event',
      event: { eventType: 'worker.attributes.update' },
    });
  });

  it('has an id of its own also when Twilio gives none, the same for a repeat', () => {
    const repeat = [ofCallback({ Sid: undefined }), ofCallback({ Sid: undefined })];
    const later = ofCallback({ Sid: undefined, TimestampMs: '1795168801000' });

    expect(repeat[0]).toEqual(repeat[1]);
    expect(later).not.toMatchObject({
      event: { eventSid: repeat[0]?.kind === 'worker-event' && repeat[0].event.eventSid },
    });
  });

  it('takes no text that could be anything for its id', () => {
    expect(ofCallback({ Sid: 'Ada Example, +12025550143' })).toMatchObject({
      event: { eventSid: `worker.activity.update@${sids.worker()}@1795168800250` },
    });
  });

  it('leaves out what is not there', () => {
    const parsed = ofCallback({
      WorkerName: '',
      WorkerActivityName: undefined,
      WorkerPreviousActivityName: undefined,
      WorkerAttributes: undefined,
    });

    expect(parsed.kind === 'worker-event' && Object.keys(parsed.event).sort()).toEqual(
      ['accountSid', 'eventSid', 'eventType', 'occurredAt', 'workerSid', 'workspaceSid'].sort(),
    );
  });

  it.each(['worker.created', 'worker.deleted', 'worker.capacity.update', 'task.created'])(
    'is ignored when it is %s',
    (type) => {
      expect(ofCallback({ EventType: type })).toEqual({ kind: 'ignored', reason: 'event-type-not-handled' });
    },
  );

  it.each([
    [{ EventType: undefined }, 'event-type-missing'],
    [{ WorkerSid: sids.task() }, 'invalid-sid'],
    [{ AccountSid: '' }, 'invalid-sid'],
    [{ WorkspaceSid: undefined }, 'invalid-sid'],
    [{ Timestamp: 'soon', TimestampMs: undefined }, 'timestamp-unreadable'],
  ])('cannot be read with %j: %s', (changes, reason) => {
    expect(ofCallback(changes)).toMatchObject({ kind: 'unreadable', error: { name: 'PermanentError', reason } });
  });
});
