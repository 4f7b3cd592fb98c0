import { done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import { applyTranscriptKeeping } from '../../../lambdas/shared/domain/transcript-life.ts';
import type { RetentionConfig } from '../../../lambdas/shared/domain/retention/retention-config.ts';
import type { KeepingEvent } from '../../../lambdas/shared/domain/retention/keeping-life.ts';
import { at, conversation, deliver, jsonKey, message, startTranscriptWorld, textKey } from './transcript-world.ts';
import type { TranscriptWorld } from './transcript-world.ts';

const hold = { matter: 'case 7', placedBy: 'ada', why: 'asked for', placedAt: at('11:10:00') };
const oneDay: RetentionConfig = { classes: [{ name: 'day', days: 1, storage: [] }] };

/** The world after one delivery of the example conversation. */
async function archived(): Promise<TranscriptWorld> {
  const world = startTranscriptWorld();
  world.conversations.put(conversation());
  await deliver(world);
  return world;
}

/** What an operator's command does to the ledger. */
async function change(world: TranscriptWorld, event: KeepingEvent): Promise<void> {
  await world.ledger.saveTranscript(applyTranscriptKeeping(await world.transcript(), event));
}

/** Every version of both texts, as S3 was told to keep it. */
const kept = (world: TranscriptWorld) =>
  [jsonKey, textKey].flatMap((key) =>
    world.archive.versions.of(key).map(({ versionId, isHeld, tags }) => `${versionId} ${isHeld} ${tags['held']}`),
  );

describe('archive-transcript keeps what it archived as the ledger says', () => {
  it('and puts every version of a held transcript under a legal hold, the ones that come later as well', async () => {
    const world = await archived();
    await change(world, { kind: 'hold-placed', hold });
    expect((await world.transcript()).dueAt).toEqual(at('11:10:00'));

    await deliver(world, { cause: 'EV2' });
    expect(kept(world)).toEqual(['v1 true yes', 'v2 true yes']);

    world.conversations.put(conversation({ messages: [...conversation().messages, message(2)] }));
    await deliver(world, { cause: 'EV3' });
    expect(kept(world)).toEqual(['v1 true yes', 'v3 true yes', 'v2 true yes', 'v4 true yes']);
    expect(await world.transcript()).not.toHaveProperty('dueAt');
  });

  it('and tells S3 of a hold also while Twilio cannot be asked', async () => {
    const world = await archived();
    await change(world, { kind: 'hold-placed', hold });
    world.conversations.failNext('fetch', new Error('Twilio is down'));

    await expect(deliver(world, { cause: 'EV2' })).rejects.toThrow('Twilio is down');

    expect(kept(world)).toEqual(['v1 true yes', 'v2 true yes']);
  });

  it('and lets go of what is released', async () => {
    const world = await archived();
    await change(world, { kind: 'hold-placed', hold });
    await deliver(world, { cause: 'EV2' });
    await change(world, { kind: 'hold-released', matter: 'case 7' });

    await deliver(world, { cause: 'EV3' });

    expect(kept(world)).toEqual(['v1 false no', 'v2 false no']);
  });

  it('and writes nothing beside what has had its time, but takes a released hold off it', async () => {
    const world = startTranscriptWorld(oneDay);
    world.conversations.put(conversation({ startedAt: at('00:00:00') }));
    world.setClock('00:00:01');
    await deliver(world);
    await change(world, { kind: 'hold-placed', hold });
    await deliver(world, { cause: 'EV2' });
    await change(world, { kind: 'hold-released', matter: 'case 7' });
    const nextDay = { ...world, now: () => new Date('2026-11-21T00:00:02Z') };
    world.conversations.put(conversation({ startedAt: at('00:00:00'), messages: [message(0)] }));

    expect(await deliver(nextDay, { cause: 'EV3' })).toEqual(ignored('retention-ended'));

    expect(kept(world)).toEqual(['v1 false no', 'v2 false no']);
  });

  it('and tells S3 nothing again of what has not changed', async () => {
    const world = await archived();
    const told = [...world.keeping.done];

    expect(await deliver(world, { cause: 'EV2' })).toEqual(done);

    expect(world.keeping.done).toEqual(told);
  });
});
