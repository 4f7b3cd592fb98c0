import { capturedEvents } from '../../../../cli/enrich/captured-events.ts';
import type { CapturedEvent, CapturedTask } from '../../../../cli/enrich/captured-events.ts';
import { attributesText } from '../../../../lambdas/shared/domain/task-attributes.ts';
import { sids } from '../../../support/example-sids.ts';

const now = new Date('2026-11-20T08:00:00Z');
const attributes = { rd: { spoken_language_required: 'es' } };

const parameters = {
  EventType: 'reservation.accepted',
  AccountSid: sids.account(),
  WorkspaceSid: sids.workspace(),
  Sid: sids.event(),
  TimestampMs: '1795161600123',
  TaskSid: sids.task(),
  TaskChannelUniqueName: 'voice',
  TaskAttributes: JSON.stringify(attributes),
};

const cloudEvent = {
  specversion: '1.0',
  type: 'com.twilio.taskrouter.reservation.accepted',
  id: sids.event(),
  time: '2026-11-20T08:00:00.123Z',
  data: {
    payload: {
      eventtype: 'reservation.accepted',
      account_sid: sids.account(),
      workspace_sid: sids.workspace(),
      task_sid: sids.task(),
      task_channel_unique_name: 'voice',
      task_attributes: JSON.stringify(attributes),
    },
  },
};

function only(captured: readonly CapturedEvent[]): CapturedEvent {
  expect(captured).toHaveLength(1);
  return captured[0] ?? { kind: 'unreadable', why: 'there is none' };
}

function onlyTask(text: string): CapturedTask {
  const captured = only(capturedEvents(text, now));
  if (captured.kind !== 'task') throw new Error(`${captured.kind}: ${captured.why}`);
  return captured;
}

describe('a captured event', () => {
  it.each([
    ['the parameters of a callback as a JSON object', JSON.stringify(parameters)],
    ['the same over several lines', JSON.stringify(parameters, undefined, 2)],
    ['the same with its attributes opened', JSON.stringify({ ...parameters, TaskAttributes: attributes })],
    ['the form that the callback came in', new URLSearchParams(parameters).toString()],
    ['a CloudEvent', JSON.stringify(cloudEvent)],
    ['the body of an Event Streams webhook', JSON.stringify([cloudEvent])],
    ['a list of callbacks', JSON.stringify([parameters])],
  ])('may be %s', (_what, text) => {
    const captured = onlyTask(text);

    expect(captured).toMatchObject({ attributes, assumed: [], repairs: [] });
    expect(captured.event).toMatchObject({
      eventType: 'reservation.accepted',
      taskSid: sids.task(),
      channel: 'voice',
      occurredAt: new Date('2026-11-20T08:00:00.123Z'),
    });
  });

  it('may be a task’s bare attributes, which are taken for those of a task that is created now', () => {
    const captured = onlyTask(JSON.stringify({ ...attributes, type: 'short-lived' }));

    expect(captured).toMatchObject({
      attributes: { ...attributes, type: 'short-lived' },
      assumed: ['EventType', 'TaskSid', 'Timestamp'],
      event: { eventType: 'task.created', occurredAt: now },
    });
  });

  it('may be the body that creates a task, with its channel', () => {
    const captured = onlyTask(JSON.stringify({ timeout: 60, taskChannel: 'email', attributes }));

    expect(captured).toMatchObject({ attributes, event: { eventType: 'task.created', channel: 'email' } });
  });

  it('may lack what its rules do not need, which is then assumed and named', () => {
    const { EventType, TaskAttributes } = parameters;

    const captured = onlyTask(JSON.stringify({ EventType, TaskAttributes }));

    expect(captured.assumed).toEqual(['AccountSid', 'WorkspaceSid', 'TaskSid', 'Timestamp']);
    expect(captured.event.occurredAt).toEqual(now);
  });

  it('keeps numbers that are too long for JavaScript', () => {
    for (const text of ['{"id":12345678901234567890}', '[{"id":12345678901234567890}]'])
      expect(attributesText(onlyTask(text).attributes)).toBe('{"id":12345678901234567890}');
  });

  it('is read although it is no JSON, with a note of what was put right', () => {
    expect(onlyTask('{"name":"Ada Example" "type":"short-lived"}')).toMatchObject({
      attributes: { name: 'Ada Example', type: 'short-lived' },
      repairs: [{ kind: 'repaired-json' }],
    });
  });
});

describe('several captured events', () => {
  it('may be one a line, empty lines aside', () => {
    const text = `${JSON.stringify(parameters)}\n\n${JSON.stringify(cloudEvent)}\n`;

    expect(capturedEvents(text, now).map(({ kind }) => kind)).toEqual(['task', 'task']);
  });

  it('may be one body of an Event Streams webhook a line, each of several events', () => {
    const text = `${JSON.stringify([cloudEvent, cloudEvent])}\n${JSON.stringify([cloudEvent])}\n`;

    expect(capturedEvents(text, now).map(({ kind }) => kind)).toEqual(['task', 'task', 'task']);
  });

  it('are read line by line also where one is no JSON, which is named by its number in the file', () => {
    const whole = JSON.stringify(parameters);
    const text = ['', whole, '', whole.slice(0, 90), '42', new URLSearchParams(parameters).toString(), whole].join(
      '\r\n',
    );

    const captured = capturedEvents(text, now);

    expect(captured.map((one) => (one.kind === 'task' ? 'task' : one.why))).toEqual([
      'task',
      'line 4: not JSON',
      expect.stringMatching(/^line 5: /),
      'task',
      'task',
    ]);
  });

  it('are read line by line where the first is no JSON', () => {
    expect(capturedEvents(`{"EventType":"task.cr\n${JSON.stringify(parameters)}`, now)).toMatchObject([
      { kind: 'unreadable', why: 'line 1: not JSON' },
      { kind: 'task' },
    ]);
  });

  it.each([
    ['one that goes over several lines', JSON.stringify(attributes, undefined, 1)],
    ['one that goes over several lines and lacks a comma', '{\n "list": [\n  {"a": 1}\n ]\n "b": 2\n}'],
    ['a list that has one on each line', `[\n${JSON.stringify(parameters)}\n]`],
    ['such a list that lacks a comma', '[\n{"a":1}\n{"b":2}\n]'],
  ])('are told from %s', (_what, text) => {
    expect(capturedEvents(text, now)).toHaveLength(1);
  });
});

describe('what cannot be enriched', () => {
  it.each([
    [
      'an event that the pipeline has no use for',
      { ...parameters, EventType: 'reservation.created' },
      'event-type-not-handled',
    ],
    [
      'an event about a worker',
      { ...parameters, EventType: 'worker.activity.update', WorkerSid: sids.worker() },
      'about a worker',
    ],
    [
      'an event without attributes',
      { ...parameters, TaskAttributes: undefined },
      'without the task’s attributes'.replace('’', "'"),
    ],
    ['another product’s CloudEvent', { ...cloudEvent, type: 'com.twilio.voice.x' }, 'event-type-not-handled'],
  ])('is %s', (_what, event, why) => {
    const captured = only(capturedEvents(JSON.stringify(event), now));

    expect(captured.kind).toBe('without-task');
    expect(captured.kind === 'task' ? '' : captured.why).toContain(why);
  });

  it.each([
    ['nothing', ' \n'],
    ['an empty list', '[]'],
    ['half a list', '[{"a":1}'],
    ['a list of texts', '["a"]'],
    ['a text', 'hello'],
    ['a wrong SID', JSON.stringify({ ...parameters, TaskSid: 'WT1' })],
    ['attributes that are no object', JSON.stringify({ ...parameters, TaskAttributes: '[]' })],
  ])('is %s, which cannot be read', (_what, text) => {
    expect(only(capturedEvents(text, now)).kind).toBe('unreadable');
  });
});
