import type { ArchiveTranscriptNeeds } from '../../../lambdas/archive-transcript/handler.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { startKiller } from '../../support/journey/killable.ts';
import type { KillAt, Killer } from '../../support/journey/killable.ts';
import { conversation, deliver, jsonKey, startTranscriptWorld, textKey } from './transcript-world.ts';

/** Everything that is an effect can be killed before and after. */
function killable(has: ArchiveTranscriptNeeds, { effect }: Killer): ArchiveTranscriptNeeds {
  const { ledger, transcripts, archive, keeping } = has;
  return {
    ...has,
    ledger: {
      ...ledger,
      addToTimeline: effect('addToTimeline', ledger.addToTimeline),
      addAliases: effect('addAliases', ledger.addAliases),
    },
    transcripts: { ...transcripts, saveTranscript: effect('saveTranscript', transcripts.saveTranscript) },
    archive: { ...archive, putTranscript: effect('putTranscript', archive.putTranscript) },
    keeping: { ...keeping, setTags: effect('setTags', keeping.setTags) },
  };
}

/** Delivers the message, killed at that effect, and then again until it is settled. */
async function play(killAt?: KillAt) {
  const world = startTranscriptWorld();
  world.conversations.put(conversation());
  const killer = startKiller(killAt);
  const has = killable(world, killer);
  for (let delivery = 0; delivery < 3; delivery += 1) {
    killer.revive();
    if ((await failureOf(deliver(has))) === undefined) break;
  }
  const { archive, retention, kept } = await world.transcript();
  const versions = async (key: string) =>
    (await Promise.all(['v1', 'v2', 'v3', 'v4'].map((one) => world.archive.open(key, one)))).filter(Boolean).length;
  return {
    killed: killAt === undefined ? 'never' : `${killAt.when} ${killer.effects[killAt.effect]} (${killAt.effect})`,
    effects: killer.effects,
    wasKilled: killer.hasKilled,
    archive,
    keptAs: [retention?.className, kept?.className, kept?.isHeld],
    stored: [await versions(jsonKey), await versions(textKey)],
    tasks: (await world.ledger.findByAlias(sids.conversation())).tasks,
    whats: (await world.ledger.timelineOf(sids.conversation())).map(({ what }) => what),
  };
}

describe('a function that is killed while it archives a transcript', () => {
  it('ends with one version of each text, verified and found by its task, whichever effect it was killed at', async () => {
    const undisturbed = await play();
    const deaths: Awaited<ReturnType<typeof play>>[] = [];
    for (const [effect] of undisturbed.effects.entries())
      for (const when of ['before', 'after'] as const) deaths.push(await play({ effect, when }));

    expect(undisturbed.effects).toEqual([
      ...['addToTimeline', 'saveTranscript', 'addAliases'],
      ...['putTranscript', 'putTranscript', 'addToTimeline', 'saveTranscript'],
      // How long it stays: decided, told to S3, and noted.
      ...['addToTimeline', 'saveTranscript', 'setTags', 'setTags', 'addToTimeline', 'saveTranscript'],
    ]);
    expect(deaths).toHaveLength(26);
    expect(deaths.filter(({ wasKilled }) => !wasKilled)).toEqual([]);
    for (const { killed, archive, keptAs, stored, tasks, whats } of deaths)
      expect({ killed, archive, keptAs, stored, tasks, whats: whats.toSorted() }).toEqual({
        killed,
        archive: undisturbed.archive,
        keptAs: ['standard', 'standard', false],
        stored: [1, 1],
        tasks: [sids.task()],
        whats: ['kept in S3', 'retention decided', 'transcript announced', 'transcript verified'],
      });
  });
});
