import { startJourney } from '../support/journey/pipeline.ts';
import type { Journey } from '../support/journey/pipeline.ts';
import { restOf } from '../support/journey/rest.ts';
import { playScriptedCall } from '../support/journey/scripted-call.ts';
import { sids } from '../support/example-sids.ts';

const calls = 12;
const everyNumber = Array.from({ length: calls }, (_, place) => place + 1);

const namedAfterTask = (n: number) =>
  ({ conferenceSid: sids.conference(n), status: 'completed', taskSid: sids.task(n) }) as const;

/** A day's calls, of each of which only `task.created` is delivered, or nothing at all; and half an hour more of the world. */
async function playCalls(
  delivers: (eventType: string) => boolean,
  prepare: (journey: Journey) => void = () => undefined,
): Promise<{ journey: Journey; sounds: readonly Buffer[] }> {
  const journey = startJourney();
  prepare(journey);
  const sounds: Buffer[] = [];
  const play = (number: number): void => {
    const announcedBy = (['segment-link', 'callback', 'list'] as const)[number % 3] ?? 'list';
    const { sound } = playScriptedCall(journey, { number, announcedBy }, ({ queueName, body }) => {
      if (delivers(eventTypeOf(body))) journey.queues.send(queueName, body, journey.now().getTime());
    });
    sounds.push(sound);
  };
  play(1);
  for (let number = 2; number <= calls; number += 1) journey.plan(number * 60, () => play(number));
  journey.plan(1800 + calls * 60, () => undefined);
  await journey.run();
  return { journey, sounds };
}

function eventTypeOf(envelope: string): string {
  const { body } = JSON.parse(envelope);
  const text = Buffer.from(String(body), 'base64').toString('utf8');
  return new URLSearchParams(text).get('EventType') ?? 'recording';
}

async function expectAllArchived({ journey, sounds }: Awaited<ReturnType<typeof playCalls>>): Promise<void> {
  for (const [place, sound] of sounds.entries()) {
    const rest = await restOf(journey, sound, place + 1);
    expect([place + 1, rest.archive, rest.isByteForByte]).toEqual([place + 1, 'verified', true]);
  }
  expect(journey.ledger.recordings()).toHaveLength(calls);
  expect(journey.deadLetters).toEqual([]);
}

describe('a day on which most events are lost', () => {
  it('ends with every recording archived when of every task only its creation was told', async () => {
    const played = await playCalls((eventType) => eventType === 'task.created');

    await expectAllArchived(played);
    expect(played.journey.ledger.tasks().map(({ settledAt }) => settledAt !== undefined)).toEqual(
      Array.from({ length: calls }, () => true),
    );
  });

  it('ends with every recording archived when nothing was told at all', async () => {
    const played = await playCalls(() => false);

    await expectAllArchived(played);
    expect(played.journey.ledger.tasks()).toEqual([]);
    expect((await played.journey.ledger.readRecording(sids.recording()))?.foundBy).toBe('reconcile');
  });

  it('ends with every recording at its task where Twilio’s conferences are named after theirs, though nothing was told', async () => {
    const played = await playCalls(
      () => false,
      ({ enriching }) => everyNumber.forEach((n) => enriching.conferences.put(namedAfterTask(n))),
    );

    await expectAllArchived(played);
    const { ledger } = played.journey;
    for (const n of everyNumber) {
      expect((await ledger.readRecording(sids.recording(n)))?.taskSids).toEqual([sids.task(n)]);
      expect(await ledger.readTask(sids.task(n))).toMatchObject({ endedBy: 'gone', settledAt: expect.any(Date) });
    }
    expect(played.journey.enriching.conferences.asked).toHaveLength(calls);
  });

  it('needs one run of reconcile for it, once they have settled', async () => {
    const { journey } = await playCalls(() => false);

    const found = await Promise.all(
      journey.ledger.recordings().map(({ recordingSid }) => journey.ledger.timelineOf(recordingSid)),
    );

    // Of each recording there is one cause: the run that found it first archived it.
    expect(found.map((lines) => new Set(lines.map(({ cause }) => cause)).size)).toEqual(
      Array.from({ length: calls }, () => 1),
    );
  });
});
