import { reconcile } from '../../../lambdas/reconcile/handler.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { SourceStatus } from '../../../lambdas/shared/domain/recording-record.ts';
import { sids } from '../../support/example-sids.ts';
import { fullRecording } from '../../support/ledger/example-records.ts';
import { reconcileNeeds, settledWorld } from './reconcile-world.ts';
import { at } from './world.ts';
import type { World } from './world.ts';

const deadlineAt = at('10:05:00');
const times = (world: World) => ({ startedAt: world.now(), deadlineAt: new Date(world.now().getTime() + 300_000) });

function put(world: World, n: number, startedAt: Date, status: SourceStatus = 'completed'): void {
  world.recordings.put({ recordingSid: sids.recording(n), accountSid: sids.account(), status, startedAt });
}

async function save(world: World, n: number, changes: Partial<RecordingRecord>): Promise<void> {
  const of = { recordingSid: sids.recording(n), accountSid: sids.account(), foundBy: 'list' } as const;
  const { dueAt: _own, ...recording } = newRecording(of, at('09:00:00'));
  await world.ledger.saveRecording({ ...recording, ...changes });
}

const sentTo = (world: World): readonly string[] =>
  world.queues
    .sentTo('internal/archive-recording')
    .map(({ recordingSid }) => recordingSid)
    .toSorted();

describe('the sweep of Twilio’s recordings', () => {
  it('sends what the ledger does not know, and what it has let the time pass of, the way of every recording', async () => {
    const world = settledWorld();
    for (const n of [1, 2, 3, 4, 5]) put(world, n, at('09:30:00'));
    put(world, 6, at('09:30:00'), 'deleted');
    await save(world, 2, { archive: fullRecording().archive });
    await save(world, 3, { dueAt: at('10:30:00') });
    await save(world, 4, { erasure: { state: 'erased', erasedAt: at('09:40:00') } });
    // Neither archived nor waited for: nothing but this would ever take it up.
    await save(world, 5, {});

    const counted = await reconcile(reconcileNeeds(world))({ startedAt: world.now(), deadlineAt });

    expect(counted).toMatchObject({ sweptRecordings: 6, recordingsFound: 2, recordingsResent: 0 });
    const cause = 'reconcile@2026-03-02T10:00:00.000Z';
    const of = { v: 1, route: 'internal/archive-recording', foundBy: 'reconcile', cause };
    expect(world.queues.sent.map(({ message }) => message)).toEqual([
      { ...of, recordingSid: sids.recording(1) },
      { ...of, recordingSid: sids.recording(5) },
    ]);
  });

  it('leaves alone what is younger than it takes to settle, and what is older than it looks back', async () => {
    const world = settledWorld();
    put(world, 1, at('09:45:00'));
    put(world, 2, at('09:44:59'));
    put(world, 3, new Date('2026-02-28T09:30:00Z'));
    put(world, 4, new Date('2026-02-28T09:29:59Z'));

    await reconcile(reconcileNeeds(world))(times(world));

    expect(sentTo(world)).toEqual([sids.recording(2), sids.recording(3)]);
  });

  it('sends nothing twice in one run that is due as well', async () => {
    const world = settledWorld();
    put(world, 1, at('09:30:00'));
    await save(world, 1, { dueAt: at('09:50:00') });

    expect(await reconcile(reconcileNeeds(world))(times(world))).toMatchObject({
      recordingsResent: 1,
      recordingsFound: 0,
    });
  });

  it('looks only at what was made since the last run, and a little before', async () => {
    const world = settledWorld();
    put(world, 1, at('08:00:00'));
    await reconcile(reconcileNeeds(world))(times(world));
    world.queues.takeSent();
    put(world, 2, at('09:14:59'));
    put(world, 3, at('09:15:00'));
    put(world, 4, at('09:49:59'));
    world.setClock('10:05:00');

    expect(await reconcile(reconcileNeeds(world))(times(world))).toMatchObject({ sweptRecordings: 2 });

    expect(sentTo(world)).toEqual([sids.recording(3), sids.recording(4)]);
  });

  it('goes on, after a run whose time was up, where that one stopped, and misses nothing', async () => {
    const world = settledWorld();
    for (let n = 1; n <= 25; n += 1) put(world, n, new Date(at('08:00:00').getTime() + n * 1000));
    const needs = reconcileNeeds(world, [], 10);
    const { page } = needs.recordingList;
    // Each page takes two minutes of the run's five, and a minute must be left for the next.
    let minutes = 0;
    const slow = {
      ...needs,
      now: () => new Date(world.now().getTime() + minutes * 60_000),
      recordingList: {
        page: async (...of: Parameters<typeof page>) => {
          minutes += 2;
          return page(...of);
        },
      },
    };

    expect(await reconcile(slow)({ startedAt: world.now(), deadlineAt })).toMatchObject({ sweptRecordings: 20 });
    expect((await world.ledger.readSweepControl())?.underWay).toMatchObject({ page: '20', until: at('09:45:00') });
    minutes = 0;
    world.setClock('10:05:00');
    expect(await reconcile(slow)(times(world))).toMatchObject({ sweptRecordings: 5 });

    expect(sentTo(world)).toEqual(Array.from({ length: 25 }, (_, n) => sids.recording(n + 1)).toSorted());
    expect(await world.ledger.readSweepControl()).toEqual({
      ...{ version: 3, sweptUntil: at('09:45:00'), daysToCompare: [] },
    });
  });

  it('looks again at all of a page on which it died, and moves the cursor over nothing that was not sent', async () => {
    const world = settledWorld();
    for (let n = 1; n <= 25; n += 1) put(world, n, new Date(at('08:00:00').getTime() + n * 1000));
    const needs = reconcileNeeds(world, [], 10);
    let pages = 0;
    const readRecording: typeof world.ledger.readRecording = async (sid) => {
      pages += 1;
      if (pages === 15) throw new Error('killed');
      return world.ledger.readRecording(sid);
    };

    await expect(
      reconcile({ ...needs, ledger: { ...world.ledger, readRecording } })({ startedAt: world.now(), deadlineAt }),
    ).rejects.toThrow('killed');
    expect((await world.ledger.readSweepControl())?.underWay?.page).toBe('10');
    world.setClock('10:05:00');
    expect(await reconcile(needs)(times(world))).toMatchObject({ sweptRecordings: 15 });

    expect(new Set(sentTo(world)).size).toBe(25);
  });

  it('does the rest of a run first while Twilio is away, and then says so', async () => {
    const world = settledWorld();
    await save(world, 1, { dueAt: at('09:50:00') });
    const needs = reconcileNeeds(world);
    needs.recordingList.failNext('page', new Error('Twilio is away'));

    await expect(reconcile(needs)(times(world))).rejects.toThrow('Twilio is away');

    expect(sentTo(world)).toEqual([sids.recording(1)]);
    expect(await world.ledger.readSweepControl()).toBeUndefined();
  });

  it('asks the ledger once for each of 20,000 recordings that it knows, and Twilio for twenty pages', async () => {
    const world = settledWorld();
    const { archive } = fullRecording();
    let reads = 0;
    for (let n = 1; n <= 20_000; n += 1) {
      put(world, n, new Date(Date.UTC(2026, 2, 1, 10) + n * 4_000));
      await save(world, n, { archive });
    }
    const needs = reconcileNeeds(world);
    const readRecording: typeof world.ledger.readRecording = (sid) => {
      reads += 1;
      return world.ledger.readRecording(sid);
    };

    const counted = await reconcile({ ...needs, ledger: { ...world.ledger, readRecording } })(times(world));

    expect(counted).toMatchObject({ sweptRecordings: 20_000, recordingsFound: 0 });
    expect({ reads, pages: needs.recordingList.pagesAsked(), sent: world.queues.sent.length }).toEqual({
      ...{ reads: 20_000, pages: 20, sent: 0 },
    });
  });
});
