import { playbackLink } from '../../lambdas/shared/domain/link.ts';
import { sids } from '../support/example-sids.ts';
import { playCall } from '../support/journey/call.ts';
import { linkBaseUrl, linkRing, startJourney } from '../support/journey/pipeline.ts';

const link = playbackLink(linkBaseUrl, sids.recording(), linkRing);
const key = `${sids.account()}/2026/03/02/${sids.recording()}.wav`;

describe.each(['segment-link', 'callback', 'list'] as const)(
  'a recorded call that is known by %s only',
  (announcedBy) => {
    it('ends in the archive byte for byte, with its link on the task in time', async () => {
      const journey = startJourney();
      const sound = playCall(journey, announcedBy);
      let lastAttributes = '';
      journey.plan(384, () => (lastAttributes = journey.tasks.attributesOf(sids.task()) ?? ''));

      await journey.run();

      const task = await journey.ledger.readTask(sids.task());
      expect(journey.archive.bytesOf(key)?.equals(sound)).toBe(true);
      expect(JSON.parse(lastAttributes)).toMatchObject({ name: 'Ada Example', conversations: { segment_link: link } });
      expect(task?.link).toMatchObject({ state: 'written', recordingSid: sids.recording() });
      expect(journey.deadLetters).toEqual([]);
    });
  },
);
