import { startAccount, talk } from '../../support/twilio/twilio-account.ts';
import { catchWebhooks } from '../../support/twilio/webhook-catcher.ts';

/** A short day; what was delivered (in any order) and what the recording sounds like. */
async function play(
  seed: number,
): Promise<{ readonly bodies: readonly string[]; readonly sound: string; readonly tasks: string }> {
  const under = await startAccount(seed);
  const catcher = await catchWebhooks();
  const apiUrl = `${catcher.url}/v1`;
  const transports = [{ kind: 'task-events' }, { kind: 'event-streams' }, { kind: 'recording-events' }] as const;
  under.twilio.deliverTo({ publicUrl: 'https://events.example.org/v1', apiUrl, transports });
  const { task, conference } = talk(under);
  const recording = under.twilio.voice.startRecording({ conferenceSid: conference, channels: 2, segmentLinkOn: task });
  under.clock.advance(20_000);
  under.twilio.voice.endConference(conference);
  under.clock.advance(4_000);
  under.twilio.taskRouter.completeTask(task, 'done');
  await under.twilio.settled();
  const sound = await under.twilio.media.sha256(recording, 2);
  const tasks = JSON.stringify(under.twilio.taskRouter.tasks());
  await Promise.all([under.twilio.stop(), catcher.close()]);
  return { bodies: catcher.caught.map((caught) => caught.body).sort(), sound, tasks };
}

describe('the simulator’s seed', () => {
  it('gives the same events, tasks and sound for the same verbs, and others for another seed', async () => {
    const [first, second, other] = [await play(11), await play(11), await play(12)];

    expect(first.bodies.length).toBeGreaterThan(20);
    expect(second).toEqual(first);
    expect(other.sound).not.toBe(first.sound);
    expect(other.tasks).not.toBe(first.tasks);
  });
});
