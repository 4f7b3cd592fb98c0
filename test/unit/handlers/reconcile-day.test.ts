import { reconcile } from '../../../lambdas/reconcile/handler.ts';
import type { RecordingRecord, SourceStatus } from '../../../lambdas/shared/domain/recording-record.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';
import { reconcileNeeds, settledWorld } from './reconcile-world.ts';
import { at } from './world.ts';
import type { World } from './world.ts';

const yesterday = (time: string): Date => new Date(`2026-03-01T${time}Z`);
const prefix = `${sids.account()}/2026/03/01/`;
const keyOf = (n: number): string => `${prefix}${sids.recording(n)}.wav`;
const reportAt = (ending: string): string => `reports/2026/03/01/reconcile.${ending}`;

const times = (world: World) => ({ startedAt: world.now(), deadlineAt: new Date(world.now().getTime() + 300_000) });

function atTwilio(
  world: World,
  n: number,
  status: SourceStatus = 'completed',
  startedAt = yesterday('12:00:00'),
): void {
  world.recordings.put({ recordingSid: sids.recording(n), accountSid: sids.account(), status, startedAt });
}

/** Recording `n` of task `n`, archived, with its object in the bucket. */
async function archived(world: World, n: number, changes: Partial<RecordingRecord> = {}): Promise<void> {
  const startedAt = yesterday('12:00:00');
  const audio = {
    ...{ key: keyOf(n), sizeBytes: 16_044, sha256: 'a'.repeat(64), crc64Nvme: 'AAAAAAAAAAA=' },
    ...{ contentType: 'audio/x-wav', channels: 1, durationSeconds: 1, storedAt: startedAt },
  };
  await world.ledger.saveRecording(
    exampleRecording({
      recordingSid: sids.recording(n),
      source: { status: 'completed', startedAt },
      archive: { state: 'verified', audio, verifiedAt: startedAt },
      taskSids: [sids.task(n)],
      ...changes,
    }),
  );
  world.archive.putAnyway(keyOf(n), Buffer.from('sound'));
}

async function task(world: World, n: number, isLinked = true, isRecorded = true): Promise<void> {
  const recordingSid = sids.recording(n);
  await world.ledger.saveTask(
    exampleTask({
      taskSid: sids.task(n),
      createdAt: yesterday('12:00:00'),
      channel: 'voice',
      endedAt: yesterday('12:05:00'),
      legs: [{ reservationSid: sids.reservation(n), acceptedAt: yesterday('12:00:05'), taskQueueSid: sids.queue(1) }],
      ...(isRecorded && { recordings: [{ recordingSid, foundBy: 'list', kind: 'conference', isAbsent: false }] }),
      link: isLinked ? { state: 'written', recordingSid, writes: 1 } : { state: 'none', writes: 0 },
    }),
  );
}

/** A day with one of everything that can be found, and one call as it should be. */
async function eventfulDay(): Promise<World> {
  const world = settledWorld();
  atTwilio(world, 1);
  await archived(world, 1);
  await task(world, 1);
  atTwilio(world, 2);
  atTwilio(world, 3);
  await archived(world, 3);
  await task(world, 3, false);
  atTwilio(world, 4, 'deleted');
  await archived(world, 4);
  await task(world, 4);
  world.archive.putAnyway(keyOf(5), Buffer.from('sound of nobody'));
  world.archive.putAnyway(`${prefix}${sids.conversation(5)}.json`, Buffer.from('{}'));
  atTwilio(world, 6);
  await archived(world, 6, { taskSids: [] });
  await task(world, 7, false, false);
  return world;
}

/** Time for one page, and then never for more than one. */
function hurried(needs: ReturnType<typeof reconcileNeeds>): typeof needs {
  let looks = 0;
  return { ...needs, now: () => (looks++ < 4 ? needs.now() : new Date(needs.now().getTime() + 299_000)) };
}

/** The day's report, but for when it was made. */
async function reportOf({ reports }: Pick<ReturnType<typeof reconcileNeeds>, 'reports'>): Promise<object> {
  const { madeAt: _then, ...report } = JSON.parse((await reports.readReport(reportAt('json'))) ?? '{}');
  return report;
}

async function reportMadeAtOnce(): Promise<object> {
  const world = await eventfulDay();
  const needs = reconcileNeeds(world);
  await reconcile(needs)(times(world), { run: 'daily' });
  return reportOf(needs);
}

describe('the comparison of a day', () => {
  it('finds what is missing, what is gone and what is nobody’s, sends what can be mended, and reports', async () => {
    const world = await eventfulDay();
    const needs = {
      ...reconcileNeeds(world),
      sweep: { lookBackHours: 48, settleMinutes: 15, recordedQueues: { [sids.queue(1)]: 90 } },
    };

    expect(await reconcile(needs)(times(world), { run: 'daily' })).toEqual({ daysCompared: 1 });

    const report = JSON.parse((await needs.reports.readReport(reportAt('json'))) ?? '');
    expect(report).toEqual({
      v: 1,
      day: '2026-03-01',
      madeAt: '2026-03-02T10:00:00.000Z',
      counts: { atTwilio: 5, inLedger: 4, archived: 4, tasks: 4, resent: 1, objects: 6 },
      totals: {
        ...{ 'missing-archive': 1, 'missing-link': 1, 'missing-calabrio': 0 },
        ...{ deletable: 0, 'gone-external': 1, 'orphan-object': 2 },
      },
      findings: [
        { kind: 'missing-archive', sid: sids.recording(2), why: 'unknown' },
        { kind: 'missing-link', sid: sids.task(3), why: 'none' },
        { kind: 'gone-external', sid: sids.recording(4), why: 'archived' },
        { kind: 'orphan-object', sid: sids.conversation(5), why: 'no-record' },
        { kind: 'orphan-object', sid: sids.recording(5), why: 'no-record' },
      ],
      orphanRecordings: [sids.recording(6)],
      queues: [{ queueSid: sids.queue(1), tasks: 4, recorded: 3, wantedPercent: 90, isGap: true }],
    });
    expect(await needs.reports.readReport(reportAt('csv'))).toBe(
      [
        'finding,sid,why',
        `missing-archive,${sids.recording(2)},unknown`,
        `missing-link,${sids.task(3)},none`,
        `gone-external,${sids.recording(4)},archived`,
        `orphan-object,${sids.conversation(5)},no-record`,
        `orphan-object,${sids.recording(5)},no-record`,
        `orphan-recording,${sids.recording(6)},no-task`,
        `gap,${sids.queue(1)},3 of 4 recorded and 90 percent wanted`,
        '',
      ].join('\n'),
    );
    expect(world.queues.sent.map(({ message }) => message)).toEqual([
      {
        ...{ v: 1, route: 'internal/archive-recording', recordingSid: sids.recording(2) },
        ...{ foundBy: 'reconcile', cause: 'reconcile-day@2026-03-01' },
      },
    ]);
    expect(world.measures.filter(({ value }) => value > 0)).toEqual([
      { outcome: 'missing-archive', name: 'findings', unit: 'Count', value: 1 },
      { outcome: 'missing-link', name: 'findings', unit: 'Count', value: 1 },
      { outcome: 'gone-external', name: 'findings', unit: 'Count', value: 1 },
      { outcome: 'orphan-object', name: 'findings', unit: 'Count', value: 2 },
      { outcome: 'found', name: 'gaps', unit: 'Count', value: 1 },
    ]);
    expect(world.measures).toHaveLength(7);
  });

  it('asks Twilio for one that is not on the day’s list, which may be another day’s there', async () => {
    const world = settledWorld();
    await archived(world, 1);
    atTwilio(world, 1, 'completed', at('00:00:00'));
    await task(world, 1);
    await archived(world, 2);
    await task(world, 2);
    const needs = reconcileNeeds(world);

    await reconcile(needs)(times(world), { run: 'daily' });

    const report = JSON.parse((await needs.reports.readReport(reportAt('json'))) ?? '');
    expect(report.findings).toEqual([{ kind: 'gone-external', sid: sids.recording(2), why: 'archived' }]);
    expect(report.counts).toMatchObject({ atTwilio: 0, inLedger: 2 });
  });

  it('misses no link where the stage writes none', async () => {
    const world = await eventfulDay();
    const needs = { ...reconcileNeeds(world), owesLinks: false };

    await reconcile(needs)(times(world), { run: 'daily' });

    expect(JSON.parse((await needs.reports.readReport(reportAt('json'))) ?? '').totals).toMatchObject({
      'missing-link': 0,
    });
  });

  it('is of the days that were asked for, and of no other that is none', async () => {
    const world = settledWorld();
    const needs = reconcileNeeds(world);

    expect(await reconcile(needs)(times(world), { run: 'daily', days: ['2026-02-27', '2026-02-28'] })).toEqual({
      daysCompared: 2,
    });
    expect(world.archive.keys()).toEqual(
      ['27', '28'].flatMap((day) => [`reports/2026/02/${day}/reconcile.csv`, `reports/2026/02/${day}/reconcile.json`]),
    );
    // No day: what a schedule sends by itself, or somebody mistyped, is the regular run.
    expect(await reconcile(needs)(times(world), { run: 'daily', days: ['2026-02-30'] })).toHaveProperty(
      'movedToParked',
    );
  });

  it('goes on where a run had to stop, also in another kind of run, and ends in the same report', async () => {
    const world = await eventfulDay();
    const needs = reconcileNeeds(world, [], 2);

    for (const event of [{ run: 'daily' }, {}, {}, {}]) await reconcile(hurried(needs))(times(world), event);
    expect(await needs.reports.readReport(reportAt('json'))).toBeUndefined();
    expect(await needs.reports.readReport(reportAt('part.json'))).toContain(sids.recording(6));
    await reconcile(needs)(times(world), {});

    expect(await reportOf(needs)).toEqual(await reportMadeAtOnce());
    expect(await needs.reports.readReport(reportAt('part.json'))).toBe('{}');
    expect((await world.ledger.readSweepControl())?.daysToCompare).toEqual([]);
  });

  it('begins the list again after half an hour, when Twilio may take the page’s token no more, and counts nothing twice', async () => {
    const world = await eventfulDay();
    const needs = reconcileNeeds(world, [], 2);
    await reconcile(hurried(needs))(times(world), { run: 'daily' });
    expect(JSON.parse((await needs.reports.readReport(reportAt('part.json'))) ?? '{}')).toHaveProperty('page');

    world.setClock('10:36:00');
    const pagesAsked: (string | undefined)[] = [];
    const page: typeof needs.recordingList.page = (account, of) => {
      pagesAsked.push(of.page);
      return needs.recordingList.page(account, of);
    };
    await reconcile({ ...needs, recordingList: { ...needs.recordingList, page } })(times(world), { run: 'daily' });

    expect(pagesAsked[0]).toBeUndefined();
    expect(await reportOf(needs)).toEqual(await reportMadeAtOnce());
  });

  it('is taken up again after the run that died has lost its turn, and not by two at once', async () => {
    const world = await eventfulDay();
    const needs = reconcileNeeds(world);
    const dying = { ...needs, ledger: { ...world.ledger, readTask: () => Promise.reject(new Error('killed')) } };

    await expect(reconcile(dying)(times(world), { run: 'daily' })).rejects.toThrow('killed');
    world.setClock('10:04:59');
    expect(await reconcile(needs)(times(world), {})).toMatchObject({ daysCompared: 0 });
    world.setClock('10:05:00');
    expect(await reconcile(needs)(times(world), {})).toMatchObject({ daysCompared: 1 });
  });

  it('of 20,000 archived calls takes five calls of the ledger each, twenty pages and one list of the bucket', async () => {
    const world = settledWorld();
    const counts: Record<string, number> = {};
    const counted =
      <Args extends readonly unknown[], R>(name: string, call: (...args: Args) => Promise<R>) =>
      async (...args: Args): Promise<R> => {
        counts[name] = (counts[name] ?? 0) + 1;
        return call(...args);
      };
    const callSid = sids.call();
    for (let n = 1; n <= 20_000; n += 1) {
      atTwilio(world, n);
      await archived(world, n, {
        source: { status: 'completed', startedAt: yesterday('12:00:00'), callSid, conferenceSid: sids.conference(n) },
      });
      await task(world, n);
    }
    const needs = reconcileNeeds(world);
    const { ledger } = world;

    await reconcile({
      ...needs,
      ledger: {
        ...ledger,
        readRecording: counted('readRecording', ledger.readRecording),
        findByAlias: counted('findByAlias', ledger.findByAlias),
        readTask: counted('readTask', ledger.readTask),
        ofDay: counted('ofDay', ledger.ofDay),
      },
      recordings: { fetchAlsoDeleted: counted('fetchAlsoDeleted', world.recordings.fetchAlsoDeleted) },
      reports: { ...needs.reports, list: counted('list', needs.reports.list) },
    })(times(world), { run: 'daily' });

    // A recording, its two aliases and its task; and the task once more for the queues.
    expect({ ...counts, pages: needs.recordingList.pagesAsked() }).toEqual({
      ...{ readRecording: 20_000, findByAlias: 40_000, readTask: 40_000, ofDay: 1, list: 1, pages: 20 },
    });
  });
});
