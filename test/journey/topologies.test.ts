// Long because each way of recording a call is played once in each link mode, from its beginning to its rest.
import { sids } from '../support/example-sids.ts';
import { startJourney } from '../support/journey/pipeline.ts';
import type { Journey, JourneyOptions } from '../support/journey/pipeline.ts';
import { ourLinkTo } from '../support/journey/scripted-call.ts';
import { ourEntryOf, pluginEntryOf, startTopology, twilioUrlOf } from '../support/journey/topology.ts';
import type { Topology, TopologyRecording } from '../support/journey/topology.ts';

const modes = ['segment-link', 'media', 'both'] as const;
type Mode = (typeof modes)[number];

const beganAt = new Date('2026-03-02T10:00:00Z');
const after = (seconds: number): Date => new Date(beganAt.getTime() + seconds * 1000);

const conference: TopologyRecording = {
  number: 1,
  of: { conferenceSid: sids.conference() },
  startedAt: after(6),
};
const customersCall: TopologyRecording = { number: 2, of: { callSid: sids.call(1) }, startedAt: after(2) };

/** What Insights reads: the attributes two minutes after the task's end, which is at `endSeconds`. */
async function play(
  options: JourneyOptions,
  endSeconds: number,
  script: (topology: Topology, journey: Journey) => void,
): Promise<{ readonly journey: Journey; readonly read: unknown }> {
  const journey = startJourney(options);
  const topology = startTopology(journey);
  let read: unknown;
  script(topology, journey);
  journey.plan(endSeconds, () => topology.endTask());
  journey.plan(endSeconds + 120, () => void (read = topology.attributes()));
  await journey.run();
  return { journey, read };
}

/** Nothing is parked, nothing waits, every one of the recordings is in the archive as Twilio held it. */
async function expectArchived(journey: Journey, sounds: ReadonlyMap<number, Buffer>): Promise<void> {
  expect(journey.deadLetters.map(({ reason }) => reason)).toEqual([]);
  expect(journey.queues.held).toEqual([]);
  for (const [n, sound] of sounds) {
    const stored = journey.archive.bytesOf(`${sids.account()}/2026/03/02/${sids.recording(n)}.wav`);
    expect(stored?.equals(sound)).toBe(true);
    expect((await journey.ledger.readRecording(sids.recording(n)))?.archive.state).toBe('verified');
  }
}

/** What a mode leaves in `conversations` of a task whose whole recording is `n`. */
function conversationsOf(mode: Mode, n: number, media: readonly object[], twilios?: string): object {
  return {
    ...(mode === 'media' ? twilios !== undefined && { segment_link: twilios } : { segment_link: ourLinkTo(n) }),
    ...(mode !== 'segment-link' && { media }),
  };
}

describe.each(modes)('in link mode %s, a call that is recorded as conference and as call', (linkMode) => {
  const sounds = new Map<number, Buffer>();
  const script = (topology: Topology, journey: Journey): void => {
    topology.createTask({ name: 'Ada Example', call_sid: sids.call(1) });
    journey.plan(2, () => {
      topology.startRecording(customersCall);
      topology.callBack(customersCall, 'in-progress');
    });
    journey.plan(5.7, () => topology.say('reservation.accepted', { reservation: 1 }));
    journey.plan(6, () => {
      topology.startRecording(conference);
      topology.edit((before) => ({
        ...before,
        conference: { sid: sids.conference(), participants: { customer: sids.call(1) } },
        conversations: { ...Object(before['conversations']), segment_link: twilioUrlOf(1) },
      }));
    });
    journey.plan(73, () => {
      for (const recording of [customersCall, conference]) {
        sounds.set(recording.number, topology.endRecording(recording, 4));
        topology.callBack(recording, 'completed');
      }
    });
    journey.plan(85, () => topology.say('reservation.completed', { reservation: 1 }));
  };

  it('has both archived, and plays the first that was known, no matter what came later', async () => {
    const { journey, read } = await play({ linking: { linkMode } }, 86, script);

    await expectArchived(journey, sounds);
    expect(read).toMatchObject({
      conversations: conversationsOf(linkMode, 2, [ourEntryOf(2, after(2))], twilioUrlOf(1)),
    });
    const task = await journey.ledger.readTask(sids.task());
    expect(task?.recordings.map(({ recordingSid, kind }) => [recordingSid, kind])).toEqual([
      [sids.recording(1), 'conference'],
      [sids.recording(2), 'call'],
    ]);
    expect(task?.primaryRecordingSid).toBe(sids.recording(2));
    if (linkMode !== 'segment-link') expect(task?.media).toMatchObject({ state: 'written', fromTwilio: [] });
    if (linkMode !== 'media') expect(task?.link).toMatchObject({ state: 'written' });
  });
});

describe.each(modes)('in link mode %s, a conference recording that turns out to hold nothing', (linkMode) => {
  it('gives its place to the call’s', async () => {
    const sounds = new Map<number, Buffer>();
    const { journey, read } = await play({ linking: { linkMode } }, 86, (topology, at) => {
      topology.createTask({ call_sid: sids.call(1), conference: { sid: sids.conference() } });
      at.plan(6, () => {
        topology.startRecording(conference);
        topology.callBack(conference, 'in-progress');
        topology.say('reservation.accepted', { reservation: 1 });
      });
      at.plan(8, () => {
        topology.startRecording(customersCall);
        topology.callBack(customersCall, 'in-progress');
      });
      at.plan(73, () => {
        topology.endEmpty(conference);
        topology.callBack(conference, 'absent');
        sounds.set(2, topology.endRecording(customersCall, 4));
        topology.callBack(customersCall, 'completed');
      });
    });

    await expectArchived(journey, sounds);
    expect(read).toMatchObject({ conversations: conversationsOf(linkMode, 2, [ourEntryOf(2, after(2))]) });
    expect(JSON.stringify(read)).not.toContain(sids.recording(1));
  });
});

describe.each(modes)('in link mode %s, a call that is transferred', (linkMode) => {
  it('and recorded once has one link for both agents, which begins before the first', async () => {
    const sounds = new Map<number, Buffer>();
    const { journey, read } = await play({ linking: { linkMode } }, 120, (topology, at) => {
      topology.createTask({ call_sid: sids.call(1), conference: { sid: sids.conference() } });
      at.plan(5.7, () => topology.say('reservation.accepted', { reservation: 1 }));
      at.plan(6, () => {
        topology.startRecording(conference);
        topology.edit((before) => ({ ...before, conversations: { segment_link: twilioUrlOf(1) } }));
      });
      at.plan(60, () => topology.say('reservation.accepted', { reservation: 2 }));
      at.plan(62, () => topology.say('reservation.completed', { reservation: 1 }));
      at.plan(110, () => {
        sounds.set(1, topology.endRecording(conference, 5));
        topology.callBack(conference, 'completed');
      });
      at.plan(119, () => topology.say('reservation.completed', { reservation: 2 }));
    });

    await expectArchived(journey, sounds);
    // The recording began at 10:00:06 and the agent took the call at 10:00:05.7, which Insights reads as 10:00:05.
    expect(read).toMatchObject({
      conversations: conversationsOf(linkMode, 1, [ourEntryOf(1, after(5))], twilioUrlOf(1)),
    });
    expect((await journey.ledger.readTask(sids.task()))?.legs).toHaveLength(2);
  });

  it('and recorded once for each agent plays each agent’s own part', async () => {
    const parts = [1, 2].map((n): TopologyRecording & { readonly number: 1 | 2 } => ({
      number: n === 1 ? 1 : 2,
      of: { callSid: sids.call(10 + n) },
      startedAt: after(n * 30),
    }));
    const sounds = new Map<number, Buffer>();
    const { journey, read } = await play({ linking: { linkMode } }, 120, (topology, at) => {
      topology.createTask({ call_sid: sids.call(1), conference: { sid: sids.conference() } });
      for (const part of parts) {
        const n = part.number;
        at.plan(n * 30, () => {
          topology.say('reservation.accepted', { reservation: n });
          topology.startRecording(part);
        });
        at.plan(n * 30 + 2, () =>
          topology.edit((before) => {
            const reservations = Object(before['reservation_attributes']);
            const media = [pluginEntryOf(n, part.startedAt)];
            return { ...before, reservation_attributes: { ...reservations, [sids.reservation(n)]: { media } } };
          }),
        );
        at.plan(n * 30 + 28, () => {
          topology.say('reservation.completed', { reservation: n });
          sounds.set(n, topology.endRecording(part, 3 + n));
        });
      }
    });

    await expectArchived(journey, sounds);
    const channels = ['customer', 'others'];
    const mediaOf = (n: number): readonly object[] => {
      const theirs = pluginEntryOf(n, after(n * 30));
      return linkMode === 'segment-link' ? [theirs] : [{ ...ourEntryOf(n, after(n * 30)), channels }, theirs];
    };
    expect(read).toEqual({
      call_sid: sids.call(1),
      conference: { sid: sids.conference() },
      ...(linkMode !== 'media' && { conversations: { segment_link: ourLinkTo(1) } }),
      reservation_attributes: {
        [sids.reservation(1)]: { media: mediaOf(1) },
        [sids.reservation(2)]: { media: mediaOf(2) },
      },
    });
    const task = await journey.ledger.readTask(sids.task());
    expect(task?.media?.fromTwilio ?? task?.mediaRecordingSids).toEqual(
      linkMode === 'segment-link' ? [sids.recording(1), sids.recording(2)] : [],
    );
  });
});

describe.each(modes)('in link mode %s, an outbound call', (linkMode) => {
  it('whose call and conference the task names late is linked in time', async () => {
    const outbound: TopologyRecording = { number: 1, of: { callSid: sids.call(5) }, startedAt: after(3) };
    const sounds = new Map<number, Buffer>();
    const { journey, read } = await play({ linking: { linkMode } }, 86, (topology, at) => {
      topology.createTask({ to: '+12025550143', name: 'outgoing', autoAnswer: 'true' });
      at.plan(2, () => topology.say('reservation.accepted', { reservation: 1 }));
      at.plan(3, () => {
        topology.startRecording(outbound);
        topology.callBack(outbound, 'in-progress');
      });
      at.plan(73, () => {
        sounds.set(1, topology.endRecording(outbound, 4));
        topology.callBack(outbound, 'completed');
      });
      at.plan(80, () =>
        topology.edit((before) => ({
          ...before,
          conference: { sid: sids.conference(), participants: { worker: sids.call(4), customer: sids.call(5) } },
        })),
      );
    });

    await expectArchived(journey, sounds);
    expect(read).toMatchObject({ conversations: conversationsOf(linkMode, 1, [ourEntryOf(1, after(2))]) });
    const task = await journey.ledger.readTask(sids.task());
    expect(linkMode === 'media' ? task?.media?.state : task?.link.state).toBe('written');
  });
});

describe.each(modes)('in link mode %s, a recording whose task is never known', (linkMode) => {
  it('is archived, and nothing is parked or waits for it', async () => {
    const journey = startJourney({ linking: { linkMode } });
    const topology = startTopology(journey);
    const sounds = new Map<number, Buffer>();
    topology.startRecording(conference);
    topology.callBack(conference, 'in-progress');
    journey.plan(73, () => {
      sounds.set(1, topology.endRecording(conference, 4));
      topology.callBack(conference, 'completed');
    });

    await journey.run();

    await expectArchived(journey, sounds);
    const sidecar = journey.archive.textOf(`${sids.account()}/2026/03/02/${sids.recording()}.json`) ?? '{}';
    expect(JSON.parse(sidecar)).toMatchObject({ conferenceSid: sids.conference(), tasks: [] });
    expect((await journey.ledger.readRecording(sids.recording()))?.dueAt).toBeUndefined();
  });
});

describe.each(['media', 'both'] as const)('in link mode %s, a plug-in that writes its own copy', (linkMode) => {
  it.each([
    ['over ours', (_media: readonly object[], own: object) => [own], [pluginEntryOf(1, after(6))]],
    [
      'into ours, merged by index as lodash does',
      (media: readonly object[], own: object) => [{ ...media[0], ...own }, ...media.slice(1)],
      [{ ...ourEntryOf(1), ...pluginEntryOf(1, after(6)) }],
    ],
  ])('%s gets ours put before it again', async (_what, merge, left) => {
    const { journey, read } = await play({ linking: { linkMode } }, 86, (topology, at) => {
      topology.createTask({ call_sid: sids.call(1), conference: { sid: sids.conference() } });
      at.plan(5.7, () => topology.say('reservation.accepted', { reservation: 1 }));
      at.plan(6, () => {
        topology.startRecording(conference);
        topology.callBack(conference, 'in-progress');
      });
      at.plan(20, () =>
        topology.edit((before) => {
          const conversations = Object(before['conversations']);
          return {
            ...before,
            conversations: { ...conversations, media: merge(conversations.media, pluginEntryOf(1, after(6))) },
          };
        }),
      );
      at.plan(73, () => {
        topology.endRecording(conference, 4);
        topology.callBack(conference, 'completed');
      });
    });

    const ours = { ...ourEntryOf(1, after(5)), channels: ['customer', 'others'] };
    expect(read).toMatchObject({ conversations: { media: [ours, ...left] } });
    expect((await journey.ledger.readTask(sids.task()))?.media).toMatchObject({
      state: 'written',
      replaced: [twilioUrlOf(1)],
      fromTwilio: [],
    });
  });
});

describe('a chat', () => {
  it.each([
    [true, { media: [{ type: 'ChatTranscript', sid: sids.conversation() }] }],
    [false, undefined],
  ])('gets its transcript into its media where that is switched on: %p', async (linkTranscripts, conversations) => {
    const { journey, read } = await play({ linking: { linkTranscripts } }, 60, (topology) =>
      topology.createTask({ channelType: 'web', channelSid: sids.conversation() }, 'chat'),
    );

    expect(read).toEqual({
      channelType: 'web',
      channelSid: sids.conversation(),
      ...(conversations !== undefined && { conversations }),
    });
    expect(journey.deadLetters).toEqual([]);
    expect((await journey.ledger.readTask(sids.task()))?.media?.state).toBe(linkTranscripts ? 'written' : undefined);
  });
});

describe('a recording that is paused', () => {
  it.each([
    ['by the callbacks’ own times', (seconds: number) => after(seconds)],
    ['by their receipt where they say none', () => undefined],
  ])('keeps its pauses, in the ledger and beside the sound: %s', async (_what, timestamp) => {
    const journey = startJourney();
    const topology = startTopology(journey);
    const news = (seconds: number, status: string): void =>
      journey.plan(seconds, () => topology.callBack(conference, status, timestamp(seconds)));
    topology.startRecording(conference);
    news(7, 'in-progress');
    news(20, 'paused');
    news(35, 'in-progress');
    news(50, 'paused');
    journey.plan(73, () => {
      topology.endRecording(conference, 4);
      topology.callBack(conference, 'completed', timestamp(73));
    });

    await journey.run();

    const pauses = [{ from: after(20), until: after(35) }, { from: after(50) }];
    expect((await journey.ledger.readRecording(sids.recording()))?.pauses).toEqual(pauses);
    const sidecar = journey.archive.textOf(`${sids.account()}/2026/03/02/${sids.recording()}.json`) ?? '{}';
    expect(JSON.parse(sidecar)).toMatchObject({
      pauses: [
        { from: '2026-03-02T10:00:20.000Z', until: '2026-03-02T10:00:35.000Z' },
        { from: '2026-03-02T10:00:50.000Z' },
      ],
    });
  });
});
