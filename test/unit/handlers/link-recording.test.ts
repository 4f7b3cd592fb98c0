// Long because the rules of the link are many, and each is one test.
import { linkRecording, readLinkRecordingMessage } from '../../../lambdas/link-recording/handler.ts';
import { done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import { applySource, newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { SourceStatus } from '../../../lambdas/shared/domain/recording-record.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import type { LinkRecording } from '../../../lambdas/shared/messages/work-message.ts';
import { sids } from '../../support/example-sids.ts';
import { linkingBy } from './link-world.ts';
import { at, attributesAtTwilio, contextOf, linkBaseUrl, ourLink, putTask, startWorld, twilioUrl } from './world.ts';
import type { World } from './world.ts';

const link = linkingBy('segment-link');
const announced = (n = 1): Partial<LinkRecording> => ({ recordingSid: sids.recording(n), why: 'announced' });

async function saveTask(world: World, facts: Partial<TaskRecord>): Promise<void> {
  const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };
  await world.ledger.saveTask({ ...newTask(of, at('10:00:00')), ...facts });
}

async function saveRecording(world: World, n: number, status: SourceStatus): Promise<void> {
  const of = { recordingSid: sids.recording(n), accountSid: sids.account(), foundBy: 'callback' } as const;
  const before = await world.ledger.readRecording(sids.recording(n));
  await world.ledger.saveRecording(applySource(before ?? newRecording(of, at('10:00:00')), { status }));
}

/** The task ends at this time in the ledger, as its event said. */
async function endTask(world: World, time: string): Promise<void> {
  await world.ledger.saveTask({ ...(await world.task()), endedAt: at(time), endedBy: 'completed' });
}

/** A world in which the example task has these attributes at Twilio. */
function worldWith(attributes: object | string): World {
  const world = startWorld();
  putTask(world, attributes);
  return world;
}

/** The same with our link on the task, written at 10:00. */
async function linkedWorld(attributes: object = {}): Promise<World> {
  const world = worldWith(attributes);
  await link(world, announced());
  return world;
}

describe('a link', () => {
  it('is on the task as soon as the recording is known, before a byte is copied', async () => {
    const world = worldWith({ name: 'Ada Example' });

    const outcome = await link(world, announced());

    expect(outcome).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({
      name: 'Ada Example',
      conversations: { segment_link: ourLink() },
    });
    expect((await world.task()).link).toEqual({
      state: 'written',
      recordingSid: sids.recording(),
      writes: 1,
      writtenAt: at('10:00:00'),
      seenAt: at('10:00:00'),
    });
    expect(world.recordings.mediaRequests).toEqual([]);
  });

  it('is counted in time, with no seconds after the end', async () => {
    const world = worldWith({});

    await link(world, announced());

    expect(world.measures).toEqual([
      { outcome: 'in-time', name: 'links', unit: 'Count', value: 1 },
      { outcome: 'in-time', name: 'linkDelaySeconds', unit: 'Seconds', value: 0 },
    ]);
  });

  it('that lost the race is written at once again, with what the other writer wrote', async () => {
    const world = worldWith({ name: 'Ada Example', conversations: { campaign: 'spring' } });
    world.tasks.beforeNextReplace(() => {
      world.tasks.changeElsewhere(
        sids.task(),
        JSON.stringify({ name: 'Ada Example', crm: 7, conversations: { campaign: 'spring', outcome: 'sold' } }),
      );
    });

    const outcome = await link(world, announced());

    expect(outcome).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({
      name: 'Ada Example',
      crm: 7,
      conversations: { campaign: 'spring', outcome: 'sold', segment_link: ourLink() },
    });
  });

  it('that loses every race is left for later', async () => {
    const world = worldWith({});
    for (let race = 0; race < 8; race += 1)
      world.tasks.beforeNextReplace(() => world.tasks.changeElsewhere(sids.task(), JSON.stringify({ race })));

    await expect(link(world, announced())).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'attributes-contended',
    });
  });

  it('that is there is seen and not written', async () => {
    const world = worldWith({ conversations: { segment_link: ourLink() } });

    const outcome = await link(world, announced());

    expect(outcome).toEqual(done);
    expect(world.tasks.writes).toEqual([]);
    expect((await world.task()).link).toMatchObject({ state: 'written', writes: 0, seenAt: at('10:00:00') });
  });

  it('that was announced twice asks Twilio nothing the second time', async () => {
    const world = await linkedWorld();
    world.tasks.failNext('fetch', new Error('Twilio was asked'));

    expect(await link(world, announced())).toEqual(ignored('link-settled'));
  });
});

describe('an existing link of somebody else', () => {
  const theirs = 'https://recordings.example/4711';

  it('with `replace` gives way, and is kept in the ledger', async () => {
    const world = worldWith({ conversations: { segment_link: twilioUrl() } });

    await link(world, announced(), { onExistingLink: 'replace' });

    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: ourLink() } });
    expect((await world.task()).link.replaced).toBe(twilioUrl());
  });

  it('that came over ours is replaced again, and the ledger still has the original', async () => {
    const world = await linkedWorld({ conversations: { segment_link: twilioUrl() } });
    world.tasks.changeElsewhere(sids.task(), JSON.stringify({ conversations: { segment_link: theirs } }));
    world.setClock('10:00:30');

    const outcome = await link(world, { why: 'overwritten' });

    expect(outcome).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: ourLink() } });
    expect((await world.task()).link).toMatchObject({
      writes: 2,
      replaced: twilioUrl(),
      writtenAt: at('10:00:30'),
    });
  });

  it.each(['keep', 'fill'] as const)('that was there first stays with `%s`', async (onExistingLink) => {
    const world = worldWith({ conversations: { segment_link: theirs } });

    const outcome = await link(world, announced(), { onExistingLink });

    expect(outcome).toEqual(ignored('link-kept'));
    expect(world.tasks.writes).toEqual([]);
    expect((await world.task()).link.state).toBe('kept');
  });

  it('that stays is not looked at again for another announcement', async () => {
    const world = worldWith({ conversations: { segment_link: theirs } });
    await link(world, announced(), { onExistingLink: 'keep' });
    world.tasks.failNext('fetch', new Error('Twilio was asked'));

    expect(await link(world, announced(), { onExistingLink: 'keep' })).toEqual(ignored('link-kept'));
  });

  it('that came over ours is replaced with `keep`, also when our write died before the ledger knew of it', async () => {
    const world = worldWith({ conversations: { segment_link: ourLink() } });
    await link(world, announced(), { onExistingLink: 'keep' });
    world.tasks.changeElsewhere(sids.task(), JSON.stringify({ conversations: { segment_link: theirs } }));

    const outcome = await link(world, { why: 'overwritten' }, { onExistingLink: 'keep' });

    expect(outcome).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: ourLink() } });
  });

  it('that came over ours stays with `fill`, and an emptied place is filled', async () => {
    const world = worldWith({});
    await link(world, announced(), { onExistingLink: 'fill' });
    world.tasks.changeElsewhere(sids.task(), JSON.stringify({ conversations: { segment_link: theirs } }));

    expect(await link(world, { why: 'overwritten' }, { onExistingLink: 'fill' })).toEqual(ignored('link-kept'));

    world.tasks.changeElsewhere(sids.task(), JSON.stringify({ conversations: { segment_link: '' } }));

    expect(await link(world, { why: 'check' }, { onExistingLink: 'fill' })).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: ourLink() } });
  });
});

describe('a link that is fought over', () => {
  it('is written five times, and then never again', async () => {
    const world = await linkedWorld();
    for (let round = 0; round < 8; round += 1) {
      world.tasks.changeElsewhere(sids.task(), '{}');
      await link(world, { why: 'overwritten' });
    }

    expect(world.tasks.writes).toHaveLength(5);
    expect(await link(world, { why: 'overwritten' })).toEqual(ignored('link-settled'));
  });

  it('is called overwritten when it is not there after the fifth time, and written when it is', async () => {
    const world = await linkedWorld();
    for (let round = 0; round < 4; round += 1) {
      world.tasks.changeElsewhere(sids.task(), '{}');
      await link(world, { why: 'overwritten' });
    }
    await endTask(world, '10:01:25');

    world.setClock('10:01:40');
    await link(world, { why: 'check' });
    expect((await world.task()).link).toMatchObject({ state: 'written', writes: 5, seenAt: at('10:01:40') });

    world.tasks.changeElsewhere(sids.task(), '{}');
    world.setClock('10:01:55');
    expect(await link(world, { why: 'check' })).toEqual(ignored('link-settled'));
    expect((await world.task()).link).toMatchObject({ state: 'overwritten', writes: 5, seenAt: at('10:01:40') });
    expect(world.tasks.writes).toHaveLength(5);
  });
});

describe('a link and the end of its task', () => {
  it('is not written again after 120 s', async () => {
    const world = await linkedWorld();
    await endTask(world, '10:01:25');
    world.tasks.changeElsewhere(sids.task(), '{}');
    world.setClock('10:03:25.001');

    expect(await link(world, { why: 'overwritten' })).toEqual(ignored('window-closed'));
    expect(await link(world, { why: 'check' })).toEqual(ignored('link-settled'));
    expect((await world.task()).link.state).toBe('overwritten');
    expect(await link(world, { why: 'check' })).toEqual(ignored('window-closed'));
    expect(world.tasks.writes).toHaveLength(1);
  });

  it('is still looked at after 120 s when nobody has since the end, so that it is known to have stayed', async () => {
    const world = await linkedWorld();
    await endTask(world, '10:01:25');
    world.setClock('10:04:25');

    expect(await link(world, { why: 'check' })).toEqual(done);
    expect((await world.task()).link).toMatchObject({ state: 'written', writes: 1, seenAt: at('10:04:25') });
    expect(world.tasks.writes).toHaveLength(1);
  });

  it('is written for the last time 120 s after it', async () => {
    const world = await linkedWorld();
    await endTask(world, '10:01:25');
    world.tasks.changeElsewhere(sids.task(), '{}');
    world.setClock('10:03:25');

    expect(await link(world, { why: 'overwritten' })).toEqual(done);
    expect((await world.task()).link).toMatchObject({ state: 'written', writes: 2 });
  });

  it('is late when it is first written after 120 s, though Twilio took it', async () => {
    const world = worldWith({});
    await saveTask(world, { endedAt: at('10:01:25'), endedBy: 'completed' });
    world.setClock('10:04:25');

    const outcome = await link(world, announced());

    expect(outcome).toEqual(done);
    expect((await world.task()).link.state).toBe('late');
    expect(world.measures).toEqual([
      { outcome: 'late', name: 'links', unit: 'Count', value: 1 },
      { outcome: 'late', name: 'linkDelaySeconds', unit: 'Seconds', value: 180 },
    ]);
  });

  it('is late when the window closes while it is written again: Insights may have read the gap', async () => {
    const world = await linkedWorld();
    await endTask(world, '10:01:25');
    world.tasks.changeElsewhere(sids.task(), '{}');
    world.setClock('10:03:25');
    world.tasks.beforeNextReplace(() => world.setClock('10:03:26'));

    expect(await link(world, { why: 'overwritten' })).toEqual(done);
    expect((await world.task()).link.state).toBe('late');
  });

  it('is missed when the task is gone, and that is no error', async () => {
    const world = startWorld();

    const outcome = await link(world, announced());

    expect(outcome).toEqual(ignored('task-gone'));
    expect(await world.task()).toMatchObject({ link: { state: 'missed', writes: 0 }, endedBy: 'gone' });
    expect(world.measures).toEqual([{ outcome: 'missed', name: 'links', unit: 'Count', value: 1 }]);
  });

  it('that was seen in time stays written when the task is gone', async () => {
    const world = await linkedWorld();
    await endTask(world, '10:01:25');
    world.tasks.remove(sids.task());
    world.setClock('10:01:55');

    expect(await link(world, { why: 'check' })).toEqual(ignored('task-gone'));
    expect((await world.task()).link.state).toBe('written');
  });

  it('is read once 30 s after it, and not again when it has stayed', async () => {
    const world = await linkedWorld();
    await endTask(world, '10:01:25');
    world.setClock('10:01:54.999');
    expect(await link(world, { why: 'check' })).toEqual(done);
    world.setClock('10:01:55');
    expect(await link(world, { why: 'check' })).toEqual(done);
    expect((await world.task()).link.seenAt).toEqual(at('10:01:55'));

    world.setClock('10:02:55');
    world.tasks.failNext('fetch', new Error('Twilio was asked'));
    expect(await link(world, { why: 'check' })).toEqual(ignored('link-settled'));
  });
});

describe('a link to attributes that cannot take it', () => {
  it.each([
    ['a list', '[1]'],
    ['not JSON, because of a curly quote', '{"targetWorker":"client:ada”}'],
    ['an empty text', ''],
  ])('is parked where they are %s', async (_what, attributes) => {
    const world = worldWith(attributes);

    await expect(link(world, announced())).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'attributes-not-an-object',
    });
    expect(world.tasks.writes).toEqual([]);
  });

  it('is parked where conversations is not an object', async () => {
    const world = worldWith({ conversations: 'none' });

    await expect(link(world, announced())).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'attributes-not-an-object',
      message: expect.stringContaining('its conversations attribute is not an object'),
    });
  });

  // {"pad":"","conversations":{"segment_link":""}} has 46 characters.
  const room = 4096 - 46 - ourLink().length;

  it('is written where the attributes then have exactly 4,096 characters', async () => {
    const world = worldWith({ pad: 'x'.repeat(room) });

    expect(await link(world, announced())).toEqual(done);
    expect(world.tasks.attributesOf(sids.task())).toHaveLength(4096);
  });

  it('is refused, with the number, where they would have one more', async () => {
    const world = worldWith({ pad: 'x'.repeat(room + 1) });

    await expect(link(world, announced())).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'attributes-too-large',
      message: expect.stringContaining('would have 4097 characters'),
    });
    expect(world.tasks.writes).toEqual([]);
  });
});

describe('a link that nobody wants', () => {
  it('is not written, and the recording is known all the same', async () => {
    const world = worldWith({});

    expect(await link(world, announced(), { linkMode: 'none' })).toEqual(ignored('link-not-wanted'));
    expect(world.tasks.writes).toEqual([]);
    expect((await world.task()).recordings).toMatchObject([{ recordingSid: sids.recording() }]);
  });

  it('has nothing to do where no recording is known', async () => {
    const world = worldWith({});

    expect(await link(world, { why: 'check' })).toEqual(ignored('no-recording-known'));
  });
});

describe('a recording that turns out to hold nothing', () => {
  it('has its link taken off while Insights still looks', async () => {
    const world = await linkedWorld({ name: 'Ada Example' });
    await endTask(world, '10:01:25');
    await saveRecording(world, 1, 'absent');
    world.setClock('10:03:25');

    const outcome = await link(world, { recordingSid: sids.recording(), why: 'absent' });

    expect(outcome).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({ name: 'Ada Example', conversations: {} });
    expect((await world.task()).link.state).toBe('removed');
  });

  it('keeps its link when Insights looks no more', async () => {
    const world = await linkedWorld();
    await endTask(world, '10:01:25');
    await saveRecording(world, 1, 'failed');
    world.setClock('10:03:26');

    const outcome = await link(world, { recordingSid: sids.recording(), why: 'absent' });

    expect(outcome).toEqual(ignored('no-recording-known'));
    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: ourLink() } });
  });

  it('leaves somebody else’s link alone', async () => {
    const world = await linkedWorld();
    world.tasks.changeElsewhere(sids.task(), JSON.stringify({ conversations: { segment_link: twilioUrl(2) } }));
    await saveRecording(world, 1, 'absent');

    await link(world, { recordingSid: sids.recording(), why: 'absent' });

    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: twilioUrl(2) } });
  });

  it('is not called removed from a task that is gone', async () => {
    const world = await linkedWorld();
    await saveRecording(world, 1, 'absent');
    world.tasks.remove(sids.task());

    expect(await link(world, { recordingSid: sids.recording(), why: 'absent' })).toEqual(ignored('task-gone'));
    expect((await world.task()).link.state).toBe('written');
  });

  it('gives its place to the task’s other recording', async () => {
    const world = worldWith({});
    await link(world, announced(1));
    await link(world, announced(2));
    await saveRecording(world, 1, 'absent');

    const outcome = await link(world, { recordingSid: sids.recording(1), why: 'absent' });

    expect(outcome).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: ourLink(2) } });
    expect((await world.task()).link).toMatchObject({ state: 'written', recordingSid: sids.recording(2) });
  });

  it('is linked again when Twilio completes it after all', async () => {
    const world = await linkedWorld();
    await saveRecording(world, 1, 'failed');
    await link(world, { recordingSid: sids.recording(), why: 'absent' });
    await saveRecording(world, 1, 'completed');

    expect(await link(world, announced())).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: ourLink() } });
  });
});

describe('a second recording', () => {
  it('does not take the link from the first', async () => {
    const world = worldWith({});
    await link(world, announced(2));

    expect(await link(world, { ...announced(1), foundBy: 'segment-link' })).toEqual(ignored('link-settled'));
    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: ourLink(2) } });
  });

  it('that becomes the primary one while the first is being written is not taken for written', async () => {
    const world = worldWith({});
    const { ledger } = world;
    const save = ledger.saveTask.bind(ledger);
    world.tasks.beforeNextReplace(() => void becomePrimary(2));
    async function becomePrimary(n: number): Promise<void> {
      await save({ ...(await world.task()), primaryRecordingSid: sids.recording(n) });
    }

    await link(world, announced(1));

    expect((await world.task()).link.recordingSid).toBe(sids.recording(1));
  });
});

describe('a record that others change at the same time', () => {
  it('gets our change on top of theirs', async () => {
    const world = worldWith({});
    await saveTask(world, {});
    let others = 3;
    const saveTaskAfterOthers: World['ledger']['saveTask'] = async (record) => {
      if (others > 0) {
        others -= 1;
        await world.ledger.saveTask({ ...(await world.task()), channel: `voice-${others}` });
      }
      return world.ledger.saveTask(record);
    };

    await link({ ...world, ledger: { ...world.ledger, saveTask: saveTaskAfterOthers } }, announced());

    expect(await world.task()).toMatchObject({ channel: 'voice-0', link: { state: 'written' } });
  });

  it('without end is left for later', async () => {
    const world = startWorld();
    const contended = { ...world, ledger: { ...world.ledger, saveTask: async () => 'conflict' as const } };

    await expect(link(contended, announced())).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'ledger-contended',
    });
  });
});

describe('a message to link-recording', () => {
  it('of another function’s route is parked, with the reason', () => {
    const message = { v: 1, route: 'internal/discover-recordings', taskSid: sids.task(), cause: 'x' };

    expect(() => readLinkRecordingMessage(JSON.stringify(message))).toThrow(
      expect.objectContaining({ name: 'PermanentError', reason: 'unknown-route' }),
    );
  });

  it('notes its task and recording for the log line', async () => {
    const world = startWorld();
    const context = contextOf();
    const work = linkRecording({ ...world, linkMode: 'none', linkTranscripts: false, onExistingLink: 'replace' });

    await work(
      {
        v: 1,
        route: 'internal/link-recording',
        taskSid: sids.task(),
        recordingSid: sids.recording(),
        why: 'announced',
        cause: 'x',
      },
      context,
    );

    expect(context.noted).toEqual([{ taskSid: sids.task(), recordingSid: sids.recording() }]);
  });

  it('fails before anything is written where the link would be cut by Insights', async () => {
    const world = { ...startWorld(), linkBaseUrl: `https://${'long.'.repeat(12)}${linkBaseUrl.slice(8)}` };
    putTask(world, {});

    await expect(link(world, announced())).rejects.toThrow(/at most 128 are allowed/);
    expect(world.tasks.writes).toEqual([]);
  });
});
