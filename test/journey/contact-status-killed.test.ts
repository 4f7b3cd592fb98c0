import { sids } from '../support/example-sids.ts';
import { examplePolicy } from '../support/example-policy.ts';
import { sendStatus } from '../support/journey/contact-status.ts';
import { startJourney } from '../support/journey/pipeline.ts';
import type { Journey } from '../support/journey/pipeline.ts';
import type { KillAt } from '../support/journey/killable.ts';
import { playScriptedCall } from '../support/journey/scripted-call.ts';

/** Who handles a COMPLETE, and what follows from it. */
const functions: readonly string[] = ['calabrio-status', 'delete-source'];

/** Where everything stands at the end: every facet but the times of our own doing. */
async function facetsOf(journey: Journey, sound: Buffer) {
  const recording = await journey.ledger.readRecording(sids.recording());
  const task = await journey.ledger.readTask(sids.task());
  const key = `${sids.account()}/2026/03/02/${sids.recording()}.wav`;
  const inbox = [...(await journey.ledger.inboxOf(sids.call(2))), ...(await journey.ledger.inboxOf(sids.call(3)))];
  const timeline = await journey.ledger.timelineOf(sids.recording());
  return {
    contacts: recording?.contacts,
    archive: recording?.archive.state,
    isByteForByte: journey.archive.bytesOf(key)?.equals(sound),
    deletion: recording?.deletion.state,
    refusals: recording?.refusals,
    link: task?.link.state,
    inbox,
    provedIngests: (await journey.ledger.readDeletionControl())?.provedIngests,
    told: timeline.filter(({ what }) => what.startsWith('contact ')),
    settled: journey.deadLetters.length + journey.quarantined.length,
  };
}

/** One call, and its COMPLETE `afterSeconds`. */
async function playTo(afterSeconds: number, ingestProof: number, killAt?: KillAt) {
  const policy = examplePolicy({ ingestProof });
  const journey = startJourney({ policy, ...(killAt !== undefined && { killAt }) });
  const { sound } = playScriptedCall(journey, { announcedBy: 'segment-link', wrapupSeconds: 20 });
  journey.plan(afterSeconds, () => sendStatus(journey));
  await journey.run();
  return { journey, facets: await facetsOf(journey, sound) };
}

describe.each([
  ['while its call still rings', 2, 0],
  ['while its recording is not final', 66, 0],
  ['after all was archived', 3600, 1],
])('a pipeline that is killed while it handles a COMPLETE that comes %s', (_when, afterSeconds, ingestProof) => {
  it('ends as if nothing had happened, whichever effect it was killed before or after', async () => {
    const undisturbed = await playTo(afterSeconds, ingestProof);
    const { effects, doers } = undisturbed.journey;
    const own = [...effects.keys()].filter((effect) => functions.includes(doers[effect] ?? ''));
    const differences: unknown[] = [];

    for (const effect of own) {
      for (const when of ['before', 'after'] as const) {
        const { facets, journey } = await playTo(afterSeconds, ingestProof, { effect, when });
        if (!journey.wasKilled() || JSON.stringify(facets) !== JSON.stringify(undisturbed.facets))
          differences.push({ killed: `${when} ${effects[effect]} (${effect})`, facets });
      }
    }

    expect(undisturbed.facets).toMatchObject({
      contacts: [{ ccrId: 4711, status: 'COMPLETE', isContradictory: false }],
      archive: 'verified',
      isByteForByte: true,
      deletion: 'deleted',
      link: 'written',
      inbox: [{ isMatched: true }, { isMatched: true }],
      provedIngests: ingestProof === 1 ? [sids.recording()] : [],
      told: [{ what: 'contact COMPLETE' }],
      settled: 0,
    });
    expect(own.map((effect) => effects[effect])).toEqual(
      expect.arrayContaining([
        'putInInbox',
        'saveRecording',
        'addToTimeline',
        'send',
        'saveDeletionControl',
        'deleteRecording',
      ]),
    );
    expect(differences).toEqual([]);
  });
});
