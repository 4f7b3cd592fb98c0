import type { DeleteSourceNeeds } from '../../../lambdas/delete-source/needs.ts';
import { applyEvent } from '../../../lambdas/shared/domain/recording-events.ts';
import { PermanentError } from '../../../lambdas/shared/domain/outcome.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { startKiller } from '../../support/journey/killable.ts';
import type { KillAt, Killer } from '../../support/journey/killable.ts';
import {
  askingPolicy,
  changeElsewhere,
  deliver,
  hold,
  key,
  measured,
  startDeletion,
  strictPolicy,
} from './delete-source-world.ts';
import type { Deletion } from './delete-source-world.ts';
import { at } from './world.ts';

const sid = sids.recording();

/** Everything that is an effect can be killed before and after. */
function killable(has: DeleteSourceNeeds, { effect }: Killer): DeleteSourceNeeds {
  const { ledger, control, recordings, queues } = has;
  return {
    ...has,
    ledger: {
      ...ledger,
      saveRecording: effect('saveRecording', ledger.saveRecording),
      addToTimeline: effect('addToTimeline', ledger.addToTimeline),
    },
    control: { ...control, saveDeletionControl: effect('saveDeletionControl', control.saveDeletionControl) },
    recordings: { ...recordings, deleteRecording: effect('deleteRecording', recordings.deleteRecording) },
    queues: { send: effect('send', queues.send) },
  };
}

interface Scene {
  readonly start: () => Promise<Deletion>;
  /** What the world does when the function has been killed, before the message comes again. */
  readonly afterKill?: (deletion: Deletion) => Promise<void> | void;
}

/** Delivers the message, killed at that effect, and then again until it is settled; ten minutes between two deliveries. */
async function play({ start, afterKill }: Scene, killAt?: KillAt) {
  const deletion = await start();
  const killer = startKiller(killAt, () => 'delete-source');
  const has = killable(deletion.has, killer);
  let wasKilled = false;
  for (let delivery = 0; delivery < 6; delivery += 1) {
    killer.revive();
    const failure = await failureOf(deliver(has));
    if (failure === undefined || failure instanceof PermanentError) break;
    if (killer.hasKilled && !wasKilled) {
      wasKilled = true;
      await afterKill?.(deletion);
    }
    deletion.setClock(`12:${(delivery + 1) * 10 - 1}:00`);
  }
  const { deletion: facet, refusals, archive } = await deletion.recording();
  const control = await deletion.ledger.readDeletionControl();
  const lines = (await deletion.ledger.timelineOf(sid)).map(({ what }) => what);
  return {
    effects: killer.effects,
    wasKilled: killer.hasKilled,
    requests: deletion.recordings.deletionRequests.length,
    isAtTwilio: (await deletion.recordings.fetch(sids.account(), sid)).kind === 'recording',
    measures: measured(deletion),
    lines,
    end: {
      deletion: facet.state,
      refusals,
      archive: archive.state,
      attempts: control?.attempts.map(({ end }) => end) ?? [],
      reports: deletion.queues.sentTo('internal/report-status').length > 0,
    },
  };
}

type Played = Awaited<ReturnType<typeof play>>;

/** Plays the scene once for each effect, killed before it and after it. */
async function playAllDeaths(scene: Scene): Promise<readonly (Played & { readonly killed: string })[]> {
  const { effects } = await play(scene);
  const all: (Played & { readonly killed: string })[] = [];
  for (const [effect, name] of effects.entries()) {
    for (const when of ['before', 'after'] as const)
      all.push({ ...(await play(scene, { effect, when })), killed: `${when} ${name} (${effect})` });
  }
  return all;
}

const policy = strictPolicy({}, { reports: { archive: true, calabrio: false } });

describe('a function that is killed while it deletes a source', () => {
  it('ends as if nothing had happened, whichever effect it was killed before or after', async () => {
    const scene = { start: () => startDeletion({ policy }) };
    const undisturbed = await play(scene);

    const deaths = await playAllDeaths(scene);

    expect(undisturbed.end).toEqual({
      deletion: 'deleted',
      refusals: ['already-deleted'],
      archive: 'verified',
      attempts: ['deleted'],
      reports: true,
    });
    expect(undisturbed.effects).toEqual(
      expect.arrayContaining(['saveDeletionControl', 'addToTimeline', 'saveRecording', 'deleteRecording', 'send']),
    );
    expect(deaths.filter(({ wasKilled }) => !wasKilled)).toEqual([]);
    expect(deaths.filter(({ end }) => JSON.stringify(end) !== JSON.stringify(undisturbed.end))).toEqual([]);
  });

  it('never asks for a second deletion of what is gone, and never calls it a stranger’s', async () => {
    const deaths = await playAllDeaths({ start: () => startDeletion({ policy }) });

    expect(deaths.filter(({ requests, isAtTwilio }) => requests !== 1 || isAtTwilio)).toEqual([]);
    expect(deaths.filter(({ measures }) => measures.includes('deletions/gone-external'))).toEqual([]);
    // The intent is on the timeline before the deletion, always.
    expect(
      deaths.filter(({ lines }) => !(lines.indexOf('deletion intended') < lines.indexOf('source deleted'))),
    ).toEqual([]);
    expect(deaths.filter(({ lines }) => !lines.includes('deletion intended'))).toEqual([]);
  });

  it('deletes nothing after a hold that was placed then, and says truly what had been deleted before', async () => {
    const gone: boolean[] = [];
    const scene: Scene = {
      start: () => startDeletion({ policy }),
      async afterKill(deletion) {
        gone.push((await deletion.recordings.fetch(sids.account(), sid)).kind === 'gone');
        const { state } = (await deletion.recording()).deletion;
        if (state !== 'deleted')
          await changeElsewhere(deletion, (before) => applyEvent(before, { kind: 'hold-placed', hold }));
      },
    };

    const deaths = await playAllDeaths(scene);

    const wrong = deaths.filter(({ end, isAtTwilio }) =>
      isAtTwilio
        ? end.deletion !== 'none' || JSON.stringify(end.refusals) !== '["held"]'
        : end.deletion !== 'deleted' || end.attempts.join() !== 'deleted',
    );
    expect(wrong).toEqual([]);
    expect(deaths.map(({ isAtTwilio }) => !isAtTwilio)).toEqual(gone.slice(-deaths.length));
    expect(new Set(gone)).toEqual(new Set([true, false]));
  });

  it.each([
    [
      'finds a copy that is not what it was',
      async () => {
        const deletion = await startDeletion({ policy });
        deletion.archive.removeVersion(key, deletion.versionId);
        return deletion;
      },
      { deletion: 'none', refusals: ['archive-missing'], archive: 'mismatched', attempts: ['refused'] },
      0,
    ],
    [
      'finds a source that somebody deleted',
      async () => {
        const deletion = await startDeletion({ policy });
        deletion.recordings.deleteElsewhere(sid);
        return deletion;
      },
      { deletion: 'gone-external', refusals: ['gone-external'], archive: 'verified', attempts: ['gone-external'] },
      0,
    ],
    [
      'asks Calabrio’s API first',
      async () => {
        const deletion = await startDeletion({ policy: askingPolicy() });
        deletion.contacts.put({ ccrId: 4711, metadata: { archive_recording_sid: sid } });
        return deletion;
      },
      { deletion: 'deleted', refusals: ['already-deleted'], archive: 'verified', attempts: ['deleted'] },
      1,
    ],
    [
      'finds a hold',
      () => startDeletion({ policy, recording: { holds: [hold] } }),
      { deletion: 'none', refusals: ['held'], archive: 'verified', attempts: [] },
      0,
    ],
    [
      'takes an intent back',
      () =>
        startDeletion({
          policy,
          recording: { holds: [hold], deletion: { state: 'intended', intendedAt: at('11:30:00') } },
        }),
      { deletion: 'none', refusals: ['held'], archive: 'verified', attempts: [] },
      0,
    ],
  ])('ends as if nothing had happened when it %s', async (_what, start, wanted, requests) => {
    const deaths = await playAllDeaths({ start });

    expect(deaths.length).toBeGreaterThan(0);
    const wrong = deaths.filter(
      ({ end: { reports: _sent, ...end }, ...played }) =>
        JSON.stringify(end) !== JSON.stringify(wanted) || played.requests !== requests || !played.wasKilled,
    );
    expect(wrong).toEqual([]);
  });

  it('ends with the intent taken back when Twilio refuses, whichever effect it was killed before or after', async () => {
    const start = async (): Promise<Deletion> => {
      const deletion = await startDeletion({ policy });
      for (let time = 0; time < 6; time += 1) deletion.recordings.refuseNextDeletion({ kind: 'refused', status: 400 });
      return deletion;
    };

    const deaths = await playAllDeaths({ start });

    expect(deaths.filter(({ end, isAtTwilio }) => end.deletion !== 'none' || !isAtTwilio)).toEqual([]);
    expect(deaths.filter(({ end }) => end.attempts.join() !== 'refused')).toEqual([]);
  });
});
