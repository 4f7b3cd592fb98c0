import { startJourney } from '../support/journey/pipeline.ts';
import { atRest, restOf } from '../support/journey/rest.ts';
import { playScriptedCall } from '../support/journey/scripted-call.ts';

const sixHours = 6 * 3600;

/** Plays a call during which Twilio's API begins to answer 503, and goes on to for six hours. */
async function playAway(announcedBy: 'segment-link' | 'callback' | 'list', awayAfterSeconds: number) {
  const journey = startJourney();
  journey.plan(awayAfterSeconds, () => journey.setTwilioAway(true));
  journey.plan(awayAfterSeconds + sixHours, () => journey.setTwilioAway(false));
  const call = playScriptedCall(journey, { announcedBy, wrapupSeconds: 20 });
  await journey.run();
  return { journey, rest: await restOf(journey, call.sound) };
}

describe.each(['segment-link', 'callback', 'list'] as const)(
  'six hours in which Twilio answers 503, during a call whose recording is known by %s only',
  (announcedBy) => {
    it('end with the recording archived and nothing among the dead letters', async () => {
      const { rest } = await playAway(announcedBy, 0);

      expect(rest).toMatchObject({ ...atRest, link: 'missed' });
    });

    it('do not take away a link that was written before', async () => {
      const { rest } = await playAway(announcedBy, announcedBy === 'list' ? 75 : 30);

      expect(rest).toMatchObject(atRest);
    });

    it('do not make work that grows with the hours', async () => {
      const { journey } = await playAway(announcedBy, 0);
      const messages = new Set(journey.settled.map(({ messageId }) => messageId));

      // Some twenty for the call itself, and two looks an hour by reconcile with what each of them announces.
      expect(messages.size).toBeLessThan(80);
    });
  },
);
