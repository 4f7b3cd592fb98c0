// Long because everything that a TaskRouter event may lead to is decided in this one function.
import { enrichTask, readEnrichTaskMessage } from '../../../lambdas/enrich-task/handler.ts';
import { done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import type { RecordingResource } from '../../../lambdas/shared/ports/recordings.ts';
import { sids } from '../../support/example-sids.ts';
import { at, contextOf, envelope, ourLink, putTask, startWorld, taskCallback, twilioUrl } from './world.ts';
import type { TaskCallback, World } from './world.ts';

function handle(world: World, body: string): Promise<Outcome> {
  return enrichTask(world)(readEnrichTaskMessage(body), contextOf());
}

const event = (world: World, callback: TaskCallback) => handle(world, taskCallback(callback));

/** One item of an Event Streams batch. */
function cloudEvent(n: number, type: string, payload: object = {}): object {
  return {
    specversion: '1.0',
    id: sids.event(n),
    type: `com.twilio.taskrouter.${type}`,
    data: {
      payload: {
        sid: sids.event(n),
        eventtype: type,
        account_sid: sids.account(),
        workspace_sid: sids.workspace(),
        timestamp: '2026-03-02T10:00:00.000Z',
        task_sid: sids.task(n),
        task_attributes: '{}',
        ...payload,
      },
    },
  };
}

function batch(world: World, items: readonly unknown[]): Promise<Outcome> {
  return handle(world, envelope('twilio/event-streams', JSON.stringify(items), { contentType: 'application/json' }));
}

/** What was sent, as `route why|channel +delay`. */
function sentWork(world: World): readonly string[] {
  return world.queues.sent.map(({ message, delaySeconds }) => {
    const name = message.route.replace('internal/', '');
    return `${name}${'why' in message ? ` ${message.why}` : ''} +${delaySeconds}`;
  });
}

async function saveTask(world: World, facts: Partial<TaskRecord>, n = 1): Promise<void> {
  const of = { taskSid: sids.task(n), accountSid: sids.account(), workspaceSid: sids.workspace() };
  await world.ledger.saveTask({ ...newTask(of, at('10:00:00')), ...facts });
}

const conference = {
  conference: { sid: sids.conference(), participants: { customer: sids.call(1), worker: sids.call(2) } },
};

describe('an event that enrich-task does not act on', () => {
  async function expectNoEffect(world: World): Promise<void> {
    expect(world.ledger.tasks()).toEqual([]);
    expect(await world.ledger.timelineOf(sids.task())).toEqual([]);
    expect(await world.ledger.findByAlias(sids.call(1))).toEqual({ recordings: [], tasks: [] });
    expect(world.queues.sent).toEqual([]);
    expect(world.tasks.writes).toEqual([]);
  }

  it('is a forged one: it is thrown out before anything is done', async () => {
    const world = startWorld();
    const body = JSON.stringify([cloudEvent(1, 'task.created', { task_attributes: JSON.stringify(conference) })]);

    await expect(handle(world, envelope('twilio/event-streams', body, { signature: 'forged' }))).rejects.toMatchObject({
      name: 'UnprovedSenderError',
    });
    await expectNoEffect(world);
  });

  it('is one of a foreign account or workspace, ignored by name', async () => {
    const world = startWorld();

    expect(await event(world, { type: 'task.created', attributes: conference, AccountSid: sids.account(2) })).toEqual(
      ignored('foreign-account'),
    );
    expect(
      await event(world, { type: 'task.created', attributes: conference, WorkspaceSid: sids.workspace(2) }),
    ).toEqual(ignored('foreign-workspace'));
    await expectNoEffect(world);
  });

  it('is of a type that nothing follows from, and a test of the sink', async () => {
    const world = startWorld();

    expect(await event(world, { type: 'worker.capacity.update' })).toEqual(ignored('event-type-not-handled'));
    expect(await batch(world, [{ type: 'com.twilio.eventstreams.test-event', data: { test_id: 'x' } }])).toEqual(
      ignored('test-event'),
    );
    await expectNoEffect(world);
  });

  it('is a message of another function, which is parked', () => {
    expect(() => readEnrichTaskMessage(envelope('twilio/recording-events', ''))).toThrow(
      expect.objectContaining({ name: 'PermanentError', reason: 'unknown-route' }),
    );
  });
});

describe('a task that events tell of', () => {
  it('knows every transport that brought one, whichever was first', async () => {
    const world = startWorld();

    await event(world, { type: 'task.created' });
    expect(world.ledger.tasks()).toMatchObject([{ toldBy: ['task-events'] }]);
    await batch(world, [cloudEvent(1, 'task.created')]);

    expect(world.ledger.tasks()).toMatchObject([{ taskSid: sids.task(1), toldBy: ['event-streams', 'task-events'] }]);
  });
});

describe('a delivery of several events', () => {
  it('handles all of them, and those of others beside ours', async () => {
    const world = startWorld();

    const outcome = await batch(world, [
      cloudEvent(1, 'task.created'),
      cloudEvent(2, 'task.created', { workspace_sid: sids.workspace(9) }),
      cloudEvent(3, 'task.created'),
    ]);

    expect(outcome).toEqual(done);
    expect(world.ledger.tasks().map(({ taskSid }) => taskSid)).toEqual([sids.task(1), sids.task(3)]);
  });

  it.each<readonly [string, unknown, string]>([
    ['a SID with a wrong prefix', cloudEvent(2, 'task.created', { task_sid: sids.call(2) }), 'invalid-sid'],
    ['an empty SID', cloudEvent(2, 'task.created', { task_sid: '' }), 'invalid-sid'],
    ['no time', cloudEvent(2, 'task.created', { timestamp: '' }), 'timestamp-unreadable'],
    ['something that is not an object', 7, 'unreadable-event'],
    [
      'attributes with a curly quote',
      cloudEvent(2, 'task.created', { task_attributes: '{"targetWorker":"client:ada”}' }),
      'attributes-not-an-object',
    ],
    [
      'attributes that are a list',
      cloudEvent(2, 'task.created', { task_attributes: '[1]' }),
      'attributes-not-an-object',
    ],
  ])('does the others and is parked for the one with %s', async (_what, item, reason) => {
    const world = startWorld();
    const named = { task_attributes: JSON.stringify({ conversations: { segment_link: twilioUrl(3) } }) };

    await expect(
      batch(world, [cloudEvent(1, 'task.created'), item, cloudEvent(3, 'task.created', named)]),
    ).rejects.toMatchObject({ name: 'PermanentError', reason });

    const known = world.ledger.tasks().map(({ taskSid }) => taskSid);
    expect(known).toEqual(expect.arrayContaining([sids.task(1), sids.task(3)]));
    expect(sentWork(world)).toEqual(['link-recording announced +0', 'archive-recording +0']);
  });

  it('comes again for the one that may pass, not parked for the one that cannot be read, and the others are done', async () => {
    const world = startWorld();
    world.queues.failNext('send', new Error('not reached'));
    const linked = cloudEvent(1, 'task.updated', {
      task_attributes: JSON.stringify({ conversations: { segment_link: twilioUrl() } }),
    });

    await expect(batch(world, [7, linked, cloudEvent(2, 'task.created')])).rejects.toThrow('not reached');

    expect(world.ledger.tasks().map(({ taskSid }) => taskSid)).toContain(sids.task(2));
  });

  it('is kept whole when the ledger is out of reach, and goes on where it was', async () => {
    const world = startWorld();
    const items = [cloudEvent(1, 'task.created'), cloudEvent(2, 'task.created')];
    world.queues.failNext('send', new Error('not reached'));
    const linked = cloudEvent(1, 'task.updated', {
      task_attributes: JSON.stringify({ conversations: { segment_link: twilioUrl() } }),
    });

    await expect(batch(world, [linked, ...items])).rejects.toThrow('not reached');
    expect(await batch(world, [linked, ...items])).toEqual(done);

    expect(sentWork(world)).toEqual(['link-recording announced +0', 'archive-recording +0']);
    expect(world.ledger.tasks()).toHaveLength(2);
  });
});

describe('an event whose attributes are not a JSON object', () => {
  it.each(['', '[1]', '"text"', '{"a":'])('is recorded with its other facts, and parked: %j', async (attributes) => {
    const world = startWorld();

    await expect(
      event(world, {
        type: 'reservation.accepted',
        attributes,
        TaskQueueSid: sids.queue(),
        ReservationSid: sids.reservation(),
        WorkerSid: sids.worker(),
      }),
    ).rejects.toMatchObject({ name: 'PermanentError', reason: 'attributes-not-an-object' });

    expect(await world.task()).toMatchObject({
      taskQueueSid: sids.queue(),
      legs: [{ reservationSid: sids.reservation(), workerSid: sids.worker() }],
    });
  });

  it('is parked with a reason that quotes nothing of them', async () => {
    const world = startWorld();

    await expect(event(world, { type: 'task.created', attributes: '{"name":"Ada Example' })).rejects.toMatchObject({
      message: expect.not.stringContaining('Ada'),
    });
  });
});

describe('a task’s legs', () => {
  it('are one for a task that was accepted after one reject and one timeout', async () => {
    const world = startWorld();
    const offer = async (n: number, ...types: readonly string[]): Promise<void> => {
      for (const type of types)
        await event(world, {
          type,
          ReservationSid: sids.reservation(n),
          WorkerSid: sids.worker(n),
          Sid: sids.event(n),
        });
    };

    await offer(1, 'reservation.created', 'reservation.rejected');
    await offer(2, 'reservation.created', 'reservation.timeout');
    await offer(3, 'reservation.created', 'reservation.accepted');

    expect((await world.task()).legs).toEqual([
      { reservationSid: sids.reservation(3), workerSid: sids.worker(3), acceptedAt: at('10:00:00') },
    ]);
  });
});

describe('a task’s timeline', () => {
  it('has a line for every event with Twilio’s time, also for one that came late and told nothing new', async () => {
    const world = startWorld();
    await event(world, { type: 'task.transfer-completed', time: '10:00:20', Sid: sids.event(2) });
    await event(world, { type: 'task.transfer-initiated', time: '10:00:10', Sid: sids.event(1) });
    await event(world, { type: 'task.transfer-initiated', time: '10:00:10', Sid: sids.event(1) });

    expect(await world.ledger.timelineOf(sids.task())).toMatchObject([
      { what: 'task.transfer-initiated', occurredAt: at('10:00:10'), cause: sids.event(1) },
      { what: 'task.transfer-completed', occurredAt: at('10:00:20'), cause: sids.event(2) },
    ]);
  });
});

describe('a recording that the attributes name', () => {
  it.each([
    ['Flex’s own segment_link', { conversations: { segment_link: twilioUrl() } }, 'segment-link'],
    ['a media entry of the task', { conversations: { media: [{ url: twilioUrl() }] } }, 'media'],
    [
      'a media entry of a reservation',
      { reservation_attributes: { [sids.reservation()]: { media: [{ url: twilioUrl() }] } } },
      'media',
    ],
  ])('by %s is queued for its link at once, and for its copy', async (_where, attributes, foundBy) => {
    const world = startWorld();

    await event(world, { type: 'task.updated', attributes });

    const of = { v: 1, recordingSid: sids.recording(), taskSid: sids.task(), foundBy, cause: sids.event() };
    expect(world.queues.sent).toEqual([
      { message: { ...of, route: 'internal/link-recording', why: 'announced' }, delaySeconds: 0 },
      { message: { ...of, route: 'internal/archive-recording' }, delaySeconds: 0 },
    ]);
  });

  it('is queued again by the same event, because the first delivery may have died before it', async () => {
    const world = startWorld();
    const attributes = { conversations: { segment_link: twilioUrl() } };
    world.queues.failNext('send', new Error('not reached'));

    await expect(event(world, { type: 'task.updated', attributes })).rejects.toThrow('not reached');
    await event(world, { type: 'task.updated', attributes });

    expect(sentWork(world)).toEqual(['link-recording announced +0', 'archive-recording +0']);
  });

  it('is not queued for its copy again once it is known as this task’s; the task’s end asks for that', async () => {
    const world = startWorld();
    const of = { recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'segment-link' } as const;
    await world.ledger.saveRecording({ ...newRecording(of, at('10:00:00')), taskSids: [sids.task()] });

    await event(world, { type: 'task.updated', attributes: { conversations: { segment_link: twilioUrl() } } });

    expect(sentWork(world)).toEqual(['link-recording announced +0']);
  });

  it('is told of this task although it is known as another’s: while this one is open its source must stay', async () => {
    const world = startWorld();
    const of = { recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'segment-link' } as const;
    await world.ledger.saveRecording({ ...newRecording(of, at('10:00:00')), taskSids: [sids.task(2)] });

    await event(world, { type: 'task.created', attributes: { conversations: { segment_link: twilioUrl() } } });

    expect(world.queues.sentTo('internal/archive-recording')).toMatchObject([
      { recordingSid: sids.recording(), taskSid: sids.task() },
    ]);
  });

  it('was announced by a callback before the task was known: its link is queued when the task says its conference', async () => {
    const world = startWorld();
    await world.ledger.addAliases([sids.conference()], sids.recording(5));

    await event(world, { type: 'reservation.accepted', attributes: conference });

    expect(world.queues.sentTo('internal/link-recording')).toMatchObject([
      { taskSid: sids.task(), recordingSid: sids.recording(5), why: 'announced', foundBy: 'callback' },
    ]);
  });
});

describe('a task whose link was taken off again', () => {
  const removed: Partial<TaskRecord> = {
    link: { state: 'removed', recordingSid: sids.recording(), writes: 1 },
    recordings: [{ recordingSid: sids.recording(), foundBy: 'callback', kind: 'call', isAbsent: true }],
  };

  it('is linked at once to another recording that its attributes name', async () => {
    const world = startWorld();
    await saveTask(world, removed);

    await event(world, { type: 'task.updated', attributes: { conversations: { segment_link: twilioUrl(2) } } });

    expect(world.queues.sentTo('internal/link-recording')).toMatchObject([
      { recordingSid: sids.recording(2), why: 'announced' },
    ]);
  });

  it('is looked at after its end as one that never had a link', async () => {
    const world = startWorld();
    await saveTask(world, removed);

    await event(world, { type: 'task.completed', attributes: {} });

    expect(sentWork(world).filter((work) => work.includes('check'))).toEqual([
      'link-recording check +15',
      'link-recording check +45',
      'link-recording check +90',
    ]);
  });
});

describe('a recording that the task and the ledger know by its conference', () => {
  it('is not queued for its link by every further event', async () => {
    const world = startWorld();
    await world.ledger.addAliases([sids.conference()], sids.recording());
    await saveTask(world, {
      recordings: [{ recordingSid: sids.recording(), foundBy: 'callback', kind: 'conference', isAbsent: false }],
    });

    await event(world, { type: 'reservation.wrapup', attributes: conference });

    expect(sentWork(world)).toEqual([]);
  });
});

describe('a link that a later event lacks', () => {
  const written = (seen: string): Partial<TaskRecord> => ({
    link: { state: 'written', recordingSid: sids.recording(), writes: 1, writtenAt: at(seen), seenAt: at(seen) },
    recordings: [{ recordingSid: sids.recording(), foundBy: 'callback', kind: 'conference', isAbsent: false }],
  });

  it('is owed again', async () => {
    const world = startWorld();
    await saveTask(world, written('10:00:05'));

    await event(world, { type: 'task.updated', time: '10:00:30', attributes: { name: 'Ada Example' } });

    expect(sentWork(world)).toEqual(['link-recording overwritten +0']);
  });

  it('is owed again too when the event shows our link to another recording', async () => {
    const world = startWorld();
    await saveTask(world, written('10:00:05'));

    await event(world, {
      type: 'task.updated',
      time: '10:00:30',
      attributes: { conversations: { segment_link: ourLink(2) } },
    });

    expect(sentWork(world)).toEqual(['link-recording overwritten +0']);
  });

  it.each([
    ['the event is older than the link', '10:00:04', {}],
    ['the event is of the moment of the link', '10:00:05', {}],
    ['the event shows the link', '10:00:30', { conversations: { segment_link: ourLink() } }],
  ])('is not owed when %s', async (_why, time, attributes) => {
    const world = startWorld();
    await saveTask(world, written('10:00:05'));

    await event(world, { type: 'task.updated', time, attributes });

    expect(sentWork(world)).toEqual([]);
  });

  it('is not owed any more 120 s after the end', async () => {
    const world = startWorld();
    await saveTask(world, { ...written('10:00:05'), endedAt: at('10:01:25'), endedBy: 'completed' });
    world.setClock('10:03:26');

    await event(world, { type: 'task.updated', time: '10:01:40', attributes: {} });

    expect(sentWork(world)).toEqual([]);
  });
});

describe('the end of a task', () => {
  it.each(['task.completed', 'task.canceled'])(
    'without a recording or link asks Twilio after 0, 20, 60 and 100 s and looks for the link after 15, 45 and 90: %s',
    async (type) => {
      const world = startWorld();

      await event(world, { type, attributes: {} });

      expect(sentWork(world)).toEqual([
        'discover-recordings +0',
        'discover-recordings +20',
        'discover-recordings +60',
        'discover-recordings +100',
        'link-recording check +15',
        'link-recording check +45',
        'link-recording check +90',
      ]);
    },
  );

  it('that is heard of 50 s late asks once for the moments that have passed, and then in time', async () => {
    const world = startWorld();
    world.setClock('10:00:50');

    await event(world, { type: 'task.completed', time: '10:00:00', attributes: {} });

    expect(sentWork(world)).toEqual([
      'discover-recordings +0',
      'discover-recordings +10',
      'discover-recordings +50',
      'link-recording check +0',
      'link-recording check +40',
    ]);
  });

  it('that is heard of two days late asks once', async () => {
    const world = startWorld();
    world.setClock('23:00:00');

    await event(world, { type: 'task.completed', time: '10:00:00', attributes: {} });

    expect(sentWork(world)).toEqual(['discover-recordings +0', 'link-recording check +0']);
  });

  it('by a clock that runs ahead never asks for a delay that SQS refuses', async () => {
    const world = startWorld();

    await event(world, { type: 'task.completed', time: '10:20:00', attributes: {} });

    expect(world.queues.sent.every(({ delaySeconds }) => delaySeconds === 900)).toBe(true);
  });

  it('with a link looks at it once more after 30 s, and sends the copy', async () => {
    const world = startWorld();
    await saveTask(world, {
      link: { state: 'written', recordingSid: sids.recording(), writes: 1, seenAt: at('10:00:05') },
      recordings: [{ recordingSid: sids.recording(), foundBy: 'callback', kind: 'conference', isAbsent: false }],
    });

    await event(world, {
      type: 'task.completed',
      time: '10:01:00',
      attributes: { conversations: { segment_link: ourLink() } },
    });
    world.setClock('10:01:00');

    expect(sentWork(world)).toEqual(['archive-recording +0', 'link-recording check +90']);
  });

  it('with only a recording that holds nothing still asks Twilio for another', async () => {
    const world = startWorld();
    await saveTask(world, {
      recordings: [{ recordingSid: sids.recording(), foundBy: 'callback', kind: 'call', isAbsent: true }],
    });

    await event(world, { type: 'task.completed', attributes: {} });

    expect(sentWork(world).filter((work) => work.startsWith('discover'))).toHaveLength(4);
  });

  it.each(['chat', 'sms', 'email', 'web'])('of a silent channel asks for no recording: %s', async (channel) => {
    const world = startWorld();

    await event(world, { type: 'task.wrapup', attributes: {}, TaskChannelUniqueName: channel });
    await event(world, { type: 'task.completed', attributes: {}, TaskChannelUniqueName: channel });

    expect(sentWork(world)).toEqual([]);
  });
});

describe('the end of a chat that became a call', () => {
  it('asks for its recordings, because there is a call', async () => {
    const world = startWorld();

    await event(world, {
      type: 'task.completed',
      attributes: { call_sid: sids.call(1) },
      TaskChannelUniqueName: 'chat',
    });

    expect(sentWork(world)).toContain('discover-recordings +0');
  });
});

describe('a wrap-up', () => {
  it('without a known recording asks Twilio at once', async () => {
    const world = startWorld();

    await event(world, { type: 'task.wrapup', attributes: {} });

    expect(sentWork(world)).toEqual(['discover-recordings +0']);
  });
});

describe('the look for recordings', () => {
  const listed: RecordingResource = {
    recordingSid: sids.recording(),
    accountSid: sids.account(),
    status: 'completed',
    conferenceSid: sids.conference(),
  };
  const discover = (world: World): Promise<Outcome> =>
    handle(world, JSON.stringify({ v: 1, route: 'internal/discover-recordings', taskSid: sids.task(), cause: 'm-0' }));

  it('asks by conference and by call, with what the task says at Twilio now, and announces what it finds', async () => {
    const world = startWorld();
    putTask(world, { ...conference, call_sid: sids.call(3) });
    world.recordings.put(listed);
    world.recordings.put({
      recordingSid: sids.recording(2),
      accountSid: sids.account(),
      status: 'processing',
      callSid: sids.call(3),
    });

    expect(await discover(world)).toEqual(done);

    expect(world.queues.sentTo('internal/link-recording')).toMatchObject([
      { recordingSid: sids.recording(1), why: 'announced', foundBy: 'list' },
      { recordingSid: sids.recording(2), why: 'announced', foundBy: 'list' },
    ]);
    expect(world.queues.sentTo('internal/archive-recording')).toMatchObject([
      { recordingSid: sids.recording(1), taskSid: sids.task() },
      { recordingSid: sids.recording(2), taskSid: sids.task() },
    ]);
  });

  it('tells the ledger of all that it finds, with what the list says, before it announces the first', async () => {
    const world = startWorld();
    putTask(world, { ...conference, call_sid: sids.call(3) });
    const begun = { startedAt: at('09:59:00') };
    world.recordings.put({ ...listed, ...begun, recordingSid: sids.recording(2) });
    world.recordings.put({
      recordingSid: sids.recording(1),
      accountSid: sids.account(),
      status: 'in-progress',
      callSid: sids.call(3),
    });
    world.queues.failNext('send', new Error('not reached'));

    await expect(discover(world)).rejects.toThrow('not reached');

    expect((await world.task()).recordings).toEqual([
      { recordingSid: sids.recording(1), foundBy: 'list', kind: 'call', callSid: sids.call(3), isAbsent: false },
      { recordingSid: sids.recording(2), foundBy: 'list', kind: 'conference', isAbsent: false, ...begun },
    ]);
    expect(await discover(world)).toEqual(done);
    expect(world.queues.sentTo('internal/link-recording')).toHaveLength(2);
  });

  it('makes the task known by the call and conference that it found at Twilio', async () => {
    const world = startWorld();
    putTask(world, conference);

    await discover(world);

    expect((await world.ledger.findByAlias(sids.conference())).tasks).toEqual([sids.task()]);
    expect((await world.ledger.findByAlias(sids.call(2))).tasks).toEqual([sids.task()]);
  });

  it('does not announce one that holds nothing', async () => {
    const world = startWorld();
    putTask(world, conference);
    world.recordings.put({ ...listed, status: 'absent' });

    expect(await discover(world)).toEqual(ignored('no-recording-known'));
    expect(world.queues.sent).toEqual([]);
  });

  it('announces what only the attributes name, link and copy', async () => {
    const world = startWorld();
    putTask(world, { conversations: { segment_link: twilioUrl() } });

    expect(await discover(world)).toEqual(done);
    expect(sentWork(world)).toEqual(['link-recording announced +0', 'archive-recording +0']);
  });

  it('of a task that is gone uses what the ledger knows, and is the last', async () => {
    const world = startWorld();
    await saveTask(world, { conferenceSids: [sids.conference()] });
    world.recordings.put(listed);
    world.setClock('11:00:00');

    expect(await discover(world)).toEqual(done);

    const task = await world.task();
    expect(task).toMatchObject({ endedBy: 'gone', endedAt: at('11:00:00'), settledAt: at('11:00:00') });
    expect(task.dueAt).toBeUndefined();
    expect(sentWork(world)).toEqual(['link-recording announced +0', 'archive-recording +0']);
  });

  it('of a task that is still open comes again in an hour', async () => {
    const world = startWorld();
    await saveTask(world, {});
    putTask(world, {});
    world.setClock('11:00:00');

    expect(await discover(world)).toEqual(ignored('no-recording-known'));
    expect(await world.task()).toMatchObject({ dueAt: at('12:00:00') });
  });

  it('that cannot reach Twilio is retried, and meanwhile not due for another', async () => {
    const world = startWorld();
    await saveTask(world, {});
    world.tasks.failNext('fetch', new Error('503'));
    world.setClock('11:00:00');

    await expect(discover(world)).rejects.toThrow('503');
    expect((await world.task()).dueAt).toEqual(at('12:00:00'));

    world.tasks.failNext('fetch', new Error('503'));
    world.setClock('11:15:00');
    await expect(discover(world)).rejects.toThrow('503');
    expect((await world.task()).dueAt).toEqual(at('12:15:00'));
  });

  it('of a task that is gone is not due for another either while Twilio’s list cannot be reached', async () => {
    const world = startWorld();
    await saveTask(world, { conferenceSids: [sids.conference()], endedAt: at('10:00:00'), endedBy: 'completed' });
    world.recordings.failNext('listOfConference', new Error('503'));
    world.setClock('11:00:00');

    await expect(discover(world)).rejects.toThrow('503');
    expect((await world.task()).dueAt).toEqual(at('12:00:00'));
  });
});
