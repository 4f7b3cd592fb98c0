import { sids } from '../support/example-sids.ts';
import { startJourney } from '../support/journey/pipeline.ts';
import { atRest, restOf } from '../support/journey/rest.ts';
import { flexLinkOf, ourLinkTo, overwrite, playScriptedCall } from '../support/journey/scripted-call.ts';

const ways = ['segment-link', 'callback', 'list'] as const;

/** Plays a call over whose task a plug-in writes its stale copy at these times, counted from the task's end. */
async function playOverwritten(announcedBy: (typeof ways)[number], times: readonly number[], isHeard: boolean) {
  const journey = startJourney();
  const call = playScriptedCall(journey, { announcedBy, wrapupSeconds: 40 });
  for (const seconds of times) journey.plan(call.endSeconds + seconds, () => overwrite(journey, 1, isHeard));
  let linkAt120s: unknown;
  journey.plan(call.endSeconds + 120, () => {
    linkAt120s = JSON.parse(journey.tasks.attributesOf(sids.task()) ?? 'null');
  });
  await journey.run();
  const task = await journey.ledger.readTask(sids.task());
  return { rest: await restOf(journey, call.sound), link: task?.link, linkAt120s, writes: journey.tasks.writes.length };
}

describe.each(ways)('a link to a recording known by %s', (announcedBy) => {
  it.each([
    ['and TaskRouter says so', true],
    ['and nobody says so', false],
  ])(
    'is back though a plug-in wrote its stale copy 10 s before the end and 10 s after it, %s',
    async (_heard, isHeard) => {
      const { rest, link, linkAt120s } = await playOverwritten(announcedBy, [-10, 10], isHeard);

      expect(rest).toMatchObject(atRest);
      expect(linkAt120s).toMatchObject({ name: 'Ada Example', conversations: { segment_link: ourLinkTo(1) } });
      expect(link?.replaced).toBe(flexLinkOf(1));
    },
  );

  it('is back though the stale copy came 100 s after the end, when TaskRouter says so', async () => {
    const { linkAt120s } = await playOverwritten(announcedBy, [100], true);

    expect(linkAt120s).toMatchObject({ conversations: { segment_link: ourLinkTo(1) } });
  });

  it('is not fought for more than five times', async () => {
    const { writes, rest } = await playOverwritten(announcedBy, [-30, -25, -20, -15, -10, -5, 5, 10, 15], true);

    expect(writes).toBe(5);
    expect(rest.deadLetters).toEqual([]);
  });
});
