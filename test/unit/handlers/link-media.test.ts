// Long because link and media each have their states, and each meeting of the two is one test.
import { done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import { applySource, newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { RecordingSource } from '../../../lambdas/shared/domain/recording-record.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { addRecording } from '../../../lambdas/shared/domain/task-recordings.ts';
import type { LinkRecording } from '../../../lambdas/shared/messages/work-message.ts';
import { sids } from '../../support/example-sids.ts';
import { linkingBy } from './link-world.ts';
import { at, attributesAtTwilio, linkBaseUrl, ourLink, putTask, startWorld, twilioUrl } from './world.ts';
import type { World } from './world.ts';

const link = linkingBy('both');
const announced = (n = 1): Partial<LinkRecording> => ({ recordingSid: sids.recording(n), why: 'announced' });
const ours = (n = 1) => ({ type: 'VoiceRecording', url_provider: `${linkBaseUrl}/r/${sids.recording(n)}` });
const flex = (n = 1) => ({ type: 'VoiceRecording', url: twilioUrl(n) });

async function saveRecording(world: World, n: number, source: RecordingSource): Promise<void> {
  const of = { recordingSid: sids.recording(n), accountSid: sids.account(), foundBy: 'callback' } as const;
  const before = await world.ledger.readRecording(sids.recording(n));
  await world.ledger.saveRecording(applySource(before ?? newRecording(of, at('10:00:00')), source));
}

async function changeTask(world: World, facts: Partial<TaskRecord>): Promise<void> {
  const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };
  const known = (await world.ledger.readTask(sids.task())) ?? newTask(of, at('10:00:00'));
  await world.ledger.saveTask({ ...known, ...facts });
}

function worldWith(attributes: object): World {
  const world = startWorld();
  putTask(world, attributes);
  return world;
}

describe('link and media together', () => {
  it('are one write, and each is counted', async () => {
    const world = worldWith({ name: 'Ada Example' });

    expect(await link(world, announced())).toEqual(done);

    expect(attributesAtTwilio(world)).toEqual({
      name: 'Ada Example',
      conversations: { segment_link: ourLink(), media: [ours()] },
    });
    expect(world.tasks.writes).toHaveLength(1);
    expect(await world.task()).toMatchObject({
      link: { state: 'written', writes: 1 },
      media: {
        state: 'written',
        places: [{ recordingSid: sids.recording() }],
        writes: 1,
        writtenAt: at('10:00:00'),
        seenAt: at('10:00:00'),
        fromTwilio: [],
      },
    });
    expect(world.measures).toEqual([
      { outcome: 'in-time', name: 'links', unit: 'Count', value: 1 },
      { outcome: 'in-time', name: 'linkDelaySeconds', unit: 'Seconds', value: 0 },
      { outcome: 'written', name: 'mediaLinks', unit: 'Count', value: 1 },
    ]);
  });

  it('come before what Flex and a plug-in put there, which is remembered', async () => {
    const world = worldWith({ conversations: { segment_link: twilioUrl(), media: [flex()] } });

    await link(world, announced());

    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: ourLink(), media: [ours(), flex()] } });
    expect(await world.task()).toMatchObject({
      link: { replaced: twilioUrl() },
      media: { replaced: [twilioUrl()], fromTwilio: [] },
    });
  });

  it('are not asked for again once both are there', async () => {
    const world = worldWith({});
    await link(world, announced());
    world.tasks.failNext('fetch', new Error('Twilio was asked'));

    expect(await link(world, announced())).toEqual(ignored('link-settled'));
  });

  it('are both read once more 30 s after the end', async () => {
    const world = worldWith({});
    await link(world, announced());
    await changeTask(world, { endedAt: at('10:01:25'), endedBy: 'completed' });
    world.setClock('10:01:55');

    expect(await link(world, { why: 'check' })).toEqual(done);
    expect(await world.task()).toMatchObject({
      link: { state: 'written', seenAt: at('10:01:55') },
      media: { state: 'written', seenAt: at('10:01:55'), writes: 1 },
    });
    expect(await link(world, { why: 'check' })).toEqual(ignored('link-settled'));
  });

  it('are both written again where a stale copy took them away', async () => {
    const world = worldWith({});
    await link(world, announced());
    world.tasks.changeElsewhere(sids.task(), JSON.stringify({ conversations: { media: [flex()] } }));
    world.setClock('10:00:30');

    expect(await link(world, { why: 'overwritten' })).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: ourLink(), media: [ours(), flex()] } });
    expect((await world.task()).media).toMatchObject({ state: 'written', writes: 2 });
  });

  it('stop being written after the fifth time, and are then called overwritten', async () => {
    const world = worldWith({});
    await link(world, announced());
    for (let round = 0; round < 8; round += 1) {
      world.tasks.changeElsewhere(sids.task(), '{}');
      await link(world, { why: 'overwritten' });
    }

    expect(world.tasks.writes).toHaveLength(5);
    expect(await world.task()).toMatchObject({
      link: { state: 'overwritten', writes: 5 },
      media: { state: 'overwritten', writes: 5 },
    });
  });

  it('come off together when the recording turns out to hold nothing', async () => {
    const world = worldWith({ conversations: { language: 'en', media: [flex(7)] } });
    await link(world, announced());
    await saveRecording(world, 1, { status: 'absent' });

    expect(await link(world, { recordingSid: sids.recording(), why: 'absent' })).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({ conversations: { language: 'en', media: [flex(7)] } });
    expect(await world.task()).toMatchObject({ link: { state: 'removed' }, media: { state: 'removed', places: [] } });
  });

  it.each(['absent', 'check'] as const)(
    'come off also where whoever wrote them was killed before the ledger knew: %s',
    async (why) => {
      const world = worldWith({ conversations: { language: 'en', segment_link: ourLink(), media: [ours(), flex(7)] } });
      const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };
      await world.ledger.saveTask(addRecording(newTask(of, at('10:00:00')), sids.recording(), 'callback', undefined));
      await saveRecording(world, 1, { status: 'absent' });

      expect(await link(world, { recordingSid: sids.recording(), why })).toEqual(done);

      expect(attributesAtTwilio(world)).toEqual({ conversations: { language: 'en', media: [flex(7)] } });
      expect(await world.task()).toMatchObject({ link: { state: 'removed' }, media: { state: 'removed', places: [] } });
    },
  );

  it('are missed together by a task that is gone', async () => {
    const world = startWorld();

    expect(await link(world, announced())).toEqual(ignored('task-gone'));
    expect(await world.task()).toMatchObject({ link: { state: 'missed' }, media: { state: 'missed' } });
    expect(world.measures).toEqual([
      { outcome: 'missed', name: 'links', unit: 'Count', value: 1 },
      { outcome: 'missed', name: 'mediaLinks', unit: 'Count', value: 1 },
    ]);
  });

  it.each(['keep', 'fill'] as const)(
    'both leave another’s link alone with %s, since media would cover it',
    async (onExistingLink) => {
      const before = { conversations: { segment_link: 'https://recordings.example/4711' } };
      const world = worldWith(before);

      expect(await link(world, announced(), { onExistingLink })).toEqual(ignored('link-kept'));
      expect(attributesAtTwilio(world)).toEqual(before);
      expect(await world.task()).toMatchObject({ link: { state: 'kept' }, media: { state: 'kept' } });
      expect(await link(world, announced(), { onExistingLink })).toEqual(ignored('link-kept'));
    },
  );
});

describe('media that does not fit', () => {
  // {"pad":"","conversations":{"segment_link":""}} has 46 characters, ,"media":[{"type":"VoiceRecording","url_provider":""}] 54.
  const room = 4096 - 46 - 54 - ourLink().length - `${linkBaseUrl}/r/${sids.recording()}`.length;

  it('is written beside the link where both have exactly 4,096 characters', async () => {
    const world = worldWith({ pad: 'x'.repeat(room) });

    expect(await link(world, announced())).toEqual(done);
    expect(world.tasks.attributesOf(sids.task())).toHaveLength(4096);
    expect((await world.task()).media).toMatchObject({ state: 'written' });
  });

  it('is refused where there is one character less, and the link is written alone', async () => {
    const world = worldWith({ pad: 'x'.repeat(room + 1) });

    expect(await link(world, announced())).toEqual(done);
    expect(attributesAtTwilio(world)).toMatchObject({ conversations: { segment_link: ourLink() } });
    expect(await world.task()).toMatchObject({ link: { state: 'written' }, media: { state: 'refused' } });
    expect(world.measures).toContainEqual({ outcome: 'refused', name: 'mediaLinks', unit: 'Count', value: 1 });
  });

  it.each(['announced', 'check', 'overwritten'] as const)(
    'stays refused beside a link that is there already, and parks nothing: %s',
    async (why) => {
      const world = worldWith({ pad: 'x'.repeat(room + 1) });
      await link(world, announced());
      await changeTask(world, { endedAt: at('10:00:10'), endedBy: 'completed' });
      world.setClock('10:00:41');
      await link(world, { why: 'check' });

      expect(await link(world, { recordingSid: sids.recording(), why })).toMatchObject({
        kind: why === 'overwritten' ? 'done' : 'ignored',
      });
      expect(await world.task()).toMatchObject({ link: { state: 'written' }, media: { state: 'refused' } });
    },
  );

  it('alone is parked with its number', async () => {
    const world = worldWith({ pad: 'x'.repeat(4000) });

    await expect(link(world, announced(), { linkMode: 'media' })).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'attributes-too-large',
    });
    expect(world.tasks.writes).toEqual([]);
  });

  it('into what is no list is refused beside a link, and parked alone', async () => {
    const world = worldWith({ conversations: { media: 'none' } });

    await expect(link(world, announced(), { linkMode: 'media' })).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'attributes-not-an-object',
    });
    expect(await link(world, announced())).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({ conversations: { media: 'none', segment_link: ourLink() } });
    expect((await world.task()).media).toMatchObject({ state: 'refused' });
  });
});

describe('media alone', () => {
  const media = { linkMode: 'media' } as const;

  it('leaves Flex’s link where it is and remembers what it covers', async () => {
    const world = worldWith({ conversations: { segment_link: twilioUrl() } });

    expect(await link(world, announced(), media)).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({ conversations: { segment_link: twilioUrl(), media: [ours()] } });
    expect(await world.task()).toMatchObject({
      link: { state: 'none', writes: 0 },
      media: { state: 'written', replaced: [twilioUrl()] },
    });
    expect(world.measures).toContainEqual({ outcome: 'in-time', name: 'links', unit: 'Count', value: 1 });
  });

  it('is late when it is first written after 120 s', async () => {
    const world = worldWith({});
    await changeTask(world, { endedAt: at('10:01:25'), endedBy: 'completed' });
    world.setClock('10:03:26');

    expect(await link(world, announced(), media)).toEqual(done);
    expect((await world.task()).media?.state).toBe('late');
    expect(world.measures).toContainEqual({ outcome: 'late', name: 'mediaLinks', unit: 'Count', value: 1 });
  });

  it('is told when the recording began as soon as that is known, and no later than the agent took it', async () => {
    const world = worldWith({});
    await changeTask(world, { legs: [{ reservationSid: sids.reservation(), acceptedAt: at('10:00:05.700') }] });
    await link(world, announced(), media);
    await saveRecording(world, 1, { status: 'completed', startedAt: at('10:00:06') });

    expect(await link(world, announced(), media)).toEqual(done);
    // date -ud 2026-03-02T10:00:05Z +%s
    expect(attributesAtTwilio(world)).toEqual({
      conversations: { media: [{ ...ours(), start_time: 1_772_445_605_000 }] },
    });
    expect((await world.task()).media).toMatchObject({ writes: 1 });
    expect(await link(world, announced(), media)).toEqual(ignored('link-settled'));
  });

  it('that is only seen to be dated otherwise after the window has stayed', async () => {
    const world = worldWith({});
    await link(world, announced(), media);
    await changeTask(world, { endedAt: at('10:01:25'), endedBy: 'completed' });
    await saveRecording(world, 1, { status: 'completed', startedAt: at('10:00:06') });
    await link(world, { why: 'reconcile', recordingSid: sids.recording() }, { linkMode: 'none' });
    world.setClock('10:04:25');

    expect(await link(world, { why: 'check' }, media)).toEqual(done);
    expect((await world.task()).media).toMatchObject({ state: 'written', seenAt: at('10:04:25'), writes: 1 });
    expect(world.tasks.writes).toHaveLength(1);
  });
});

describe('media of several agents', () => {
  const media = { linkMode: 'media' } as const;
  const parts = { reservation_attributes: { [sids.reservation(1)]: { media: [flex(1)] } } };

  async function nameParts(world: World, ...numbers: readonly number[]): Promise<void> {
    const task = (await world.ledger.readTask(sids.task())) ?? undefined;
    const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };
    const named = numbers.reduce(
      (sofar, n) => addRecording(sofar, sids.recording(n), 'media', undefined, sids.reservation(n)),
      task ?? newTask(of, at('10:00:00')),
    );
    await world.ledger.saveTask(named);
  }

  it('is put before Twilio’s at the reservation that named it', async () => {
    const world = worldWith(parts);
    await nameParts(world, 1);

    expect(await link(world, announced(), media)).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({
      reservation_attributes: { [sids.reservation(1)]: { media: [ours(1), flex(1)] } },
    });
  });

  it('is added for the agent who takes over, however often that happens', async () => {
    const world = worldWith(parts);
    for (const n of [1, 2, 3, 4, 5, 6, 7]) {
      await nameParts(world, n);
      expect(await link(world, announced(n), media)).toEqual(done);
    }

    const { reservation_attributes: reservations } = Object(attributesAtTwilio(world));
    expect(Object.keys(reservations)).toHaveLength(7);
    expect((await world.task()).media).toMatchObject({ state: 'written', writes: 1 });
  });

  it('loses one place when that recording turns out to hold nothing, and the link goes to the other', async () => {
    const world = worldWith({});
    await nameParts(world, 1, 2);
    await link(world, announced(1));
    await saveRecording(world, 1, { status: 'absent' });

    expect(await link(world, { recordingSid: sids.recording(1), why: 'absent' })).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({
      conversations: { segment_link: ourLink(2) },
      reservation_attributes: { [sids.reservation(1)]: {}, [sids.reservation(2)]: { media: [ours(2)] } },
    });
  });
});

describe('the transcript of a chat', () => {
  const chat = { channel: 'chat', conversationSids: [sids.conversation()] };
  const transcript = { type: 'ChatTranscript', sid: sids.conversation() };

  it.each(['segment-link', 'media', 'both'] as const)('is listed where that is switched on: %s', async (linkMode) => {
    const world = worldWith({ channelSid: sids.conversation() });
    await changeTask(world, chat);

    expect(await link(world, { why: 'check' }, { linkMode, linkTranscripts: true })).toEqual(done);
    expect(attributesAtTwilio(world)).toEqual({
      channelSid: sids.conversation(),
      conversations: { media: [transcript] },
    });
    expect(await world.task()).toMatchObject({ link: { state: 'none' }, media: { state: 'written' } });
  });

  it('is not listed by default', async () => {
    const world = worldWith({});
    await changeTask(world, chat);

    expect(await link(world, { why: 'check' })).toEqual(ignored('no-recording-known'));
    expect(world.tasks.writes).toEqual([]);
  });

  it('goes first beside the recording of a call', async () => {
    const world = worldWith({});
    await changeTask(world, { conversationSids: [sids.conversation()], channel: 'voice' });
    await link(world, announced());

    expect(attributesAtTwilio(world)).toMatchObject({ conversations: { media: [transcript, ours()] } });
    await saveRecording(world, 1, { status: 'absent' });
    await link(world, { recordingSid: sids.recording(), why: 'absent' });
    expect(attributesAtTwilio(world)).toEqual({ conversations: {} });
  });
});
