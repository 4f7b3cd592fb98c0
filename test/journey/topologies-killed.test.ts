import { sids } from '../support/example-sids.ts';
import { playCall } from '../support/journey/call.ts';
import type { KillAt } from '../support/journey/killable.ts';
import { startJourney } from '../support/journey/pipeline.ts';
import { ourLinkTo } from '../support/journey/scripted-call.ts';
import { ourEntryOf } from '../support/journey/topology.ts';

/** How the call looks to Insights, which reads the task for the last time 120 s after its end at 10:01:25, and to us. */
async function playAndRead(killAt?: KillAt) {
  const journey = startJourney({ linking: { linkMode: 'both' }, ...(killAt !== undefined && { killAt }) });
  playCall(journey, 'segment-link');
  let read: unknown;
  journey.plan(85 + 120, () => {
    const { conversations }: { conversations?: unknown } = Object(
      JSON.parse(journey.tasks.attributesOf(sids.task()) ?? 'null'),
    );
    read = conversations;
  });
  await journey.run();
  const { link, media } = (await journey.ledger.readTask(sids.task())) ?? {};
  return {
    journey,
    end: {
      read,
      link: link?.state,
      media: media?.state,
      fromTwilio: media?.fromTwilio,
      deadLetters: journey.deadLetters.length,
    },
  };
}

describe('link-recording, killed while it writes link and media', () => {
  it('ends as if nothing had happened, whichever effect it was killed before or after', async () => {
    const undisturbed = await playAndRead();
    const { effects, doers } = undisturbed.journey;
    const differences: unknown[] = [];

    for (const [effect, name] of effects.entries()) {
      if (doers[effect] !== 'link-recording') continue;
      for (const when of ['before', 'after'] as const) {
        const { end, journey } = await playAndRead({ effect, when });
        if (!journey.wasKilled() || JSON.stringify(end) !== JSON.stringify(undisturbed.end))
          differences.push({ killed: `${when} ${name} (${effect})`, end });
      }
    }

    // The agent took the call at 10:00:05, and the recording began then.
    const media = [ourEntryOf(1, new Date('2026-03-02T10:00:05Z'))];
    expect(undisturbed.end).toEqual({
      read: { segment_link: ourLinkTo(1), media },
      link: 'written',
      media: 'written',
      fromTwilio: [],
      deadLetters: 0,
    });
    expect(doers.filter((doer) => doer === 'link-recording').length).toBeGreaterThan(5);
    expect(differences).toEqual([]);
  });
});
