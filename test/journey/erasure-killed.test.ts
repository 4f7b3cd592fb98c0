import { sids } from '../support/example-sids.ts';
import { at, startErasureWorld } from '../support/erasure/erasure-world.ts';
import type { ErasureWorld } from '../support/erasure/erasure-world.ts';
import { ada, everythingHeld, grace, hashesOf, playCall, playChat, taskEvent } from '../support/erasure/play-life.ts';
import type { KillAt } from '../support/journey/killable.ts';

const everySid = [1, 2, 3].flatMap((n) => [sids.task(n), sids.recording(n), sids.conversation(n)]);

async function eraseAda(killAt: KillAt | undefined): Promise<{ readonly world: ErasureWorld; readonly end: unknown }> {
  const world = startErasureWorld(killAt === undefined ? {} : { killAt });
  await playCall(world, ada, 1);
  await playChat(world, ada, 2);
  await playCall(world, grace, 3);
  world.deadLetters.put('m-1', taskEvent(ada, sids.task(1)), at('11:00:00'));
  world.deadLetters.put('m-2', taskEvent(grace, sids.task(3)), at('11:00:00'));
  await world.ask({ subjectHashes: hashesOf(ada) });
  const request = await world.run();
  const held = await everythingHeld(world, everySid);
  const records = await Promise.all([1, 3].map((n) => world.ledger.readRecording(sids.recording(n))));
  return {
    world,
    end: {
      state: request.state,
      items: request.items.map(({ sid, state }) => [sid, state.kind]),
      calabrio: request.calabrio.map(({ ccrId }) => ccrId),
      isCertified: world.certificates.all().has('er-1'),
      leaks: held.match(/2025550143|ada@example\.com|Ada(?: |%20)Example/gi) ?? [],
      keys: world.versions.keys(),
      messages: world.deadLetters.all().map(({ messageId }) => messageId),
      tombstones: records.map((record) => record?.erasure.state),
      deleted: [...new Set(world.recordings.deletionRequests)],
      conversation: await world.conversations.fetch(sids.conversation(2)),
    },
  };
}

describe('an erasure whose function is killed', () => {
  it('ends as if nothing had happened, whichever effect it was killed before or after', async () => {
    const undisturbed = await eraseAda(undefined);
    const differences: unknown[] = [];

    for (const [effect, name] of undisturbed.world.effects.entries()) {
      for (const when of ['before', 'after'] as const) {
        const { world, end } = await eraseAda({ effect, when });
        if (!world.wasKilled() || JSON.stringify(end) !== JSON.stringify(undisturbed.end))
          differences.push({ killed: `${when} ${name} (${effect})`, end });
      }
    }

    expect(undisturbed.end).toEqual({
      state: 'finished',
      items: [
        [sids.conversation(2), 'erased'],
        [sids.recording(1), 'erased'],
      ],
      calabrio: [4711],
      isCertified: true,
      leaks: [],
      keys: ['json', 'wav'].map((end) => `${sids.account()}/2026/11/20/${sids.recording(3)}.${end}`),
      messages: ['m-2'],
      tombstones: ['erased', 'none'],
      deleted: [sids.recording(1)],
      conversation: undefined,
    });
    expect(new Set(undisturbed.world.effects)).toEqual(
      new Set([
        ...['addToTimeline', 'saveErasure', 'saveRecording', 'saveTask', 'saveTranscript', 'removeFromIndex'],
        ...['removeIdentity', 'removeConference', 'removeInbox', 'erase', 'deleteRecording', 'deleteConversation'],
        ...['removeMessage', 'putCertificate'],
      ]),
    );
    expect(differences).toEqual([]);
  });
});
