import { fakeConnection } from './fake-connection.ts';
import { run } from './run-typed.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import { examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleRecording, exampleTask, fullRecording } from '../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';

const archiveAlone = examplePolicy({ confirmedBy: 'archive', waiveInsights: true });

/** Archived and verified, of a task that is over; nothing but the policy keeps its source. */
function archived(n: number, changes: Partial<RecordingRecord> = {}): RecordingRecord {
  const { archive, source } = fullRecording();
  const began = { ...source, startedAt: new Date(`2026-11-1${n}T10:00:00Z`) };
  return exampleRecording({
    recordingSid: sids.recording(n),
    firstSeenAt: began.startedAt,
    source: began,
    archive,
    taskSids: [sids.task()],
    ...changes,
  });
}

async function ledgerWith(...recordings: readonly RecordingRecord[]) {
  const ledger = inMemoryLedger();
  await ledger.saveTask(exampleTask({ endedAt: new Date('2026-11-20T10:04:30Z') }));
  for (const recording of recordings) await ledger.saveRecording(recording);
  return ledger;
}

const hold = {
  matter: 'CASE-1',
  placedBy: 'Grace Example',
  why: 'because',
  placedAt: new Date('2026-11-20T11:00:00Z'),
};

describe('sources', () => {
  it('says of each recording whether its source may go or why it stays, and counts the reasons', async () => {
    const ledger = await ledgerWith(
      archived(8),
      archived(9, { holds: [hold] }),
      archived(7, { archive: { state: 'none' }, holds: [hold] }),
    );

    const answer = await run(
      ['sources', '--since', '2026-11-17', '--json'],
      fakeConnection({ ledger, policy: archiveAlone }),
    );

    expect(answer.code).toBe(0);
    expect(JSON.parse(answer.out)).toEqual({
      recordings: 3,
      mayGo: 1,
      sent: 0,
      totals: { 'archive-unverified': 1, held: 2 },
      sources: [
        {
          recordingSid: sids.recording(7),
          day: '2026-11-17',
          label: 'held',
          mayGo: false,
          refusals: ['archive-unverified', 'held'],
        },
        { recordingSid: sids.recording(8), day: '2026-11-18', label: 'archived', mayGo: true, refusals: [] },
        { recordingSid: sids.recording(9), day: '2026-11-19', label: 'held', mayGo: false, refusals: ['held'] },
      ],
    });
  });

  it('says of no source that it stays when it is deleted, and counts it apart', async () => {
    const at = new Date('2026-11-19T12:00:00Z');
    const deleted = { state: 'deleted', intendedAt: at, deletedAt: at, confirmedBy: 'not-found' } as const;
    const ledger = await ledgerWith(archived(8), archived(9, { deletion: deleted }));

    const answer = await run(['sources'], fakeConnection({ ledger, policy: archiveAlone }));

    expect(answer.out).toContain(`${sids.recording(9)}  deleted   nothing to delete\n  already-deleted\n`);
    expect(answer.out).toContain('2 recordings: 1 may go, 0 stay, 1 with nothing to delete');
  });

  it('says the same for a person, in 80 columns, and sends nothing', async () => {
    const ledger = await ledgerWith(archived(8), archived(9, { holds: [hold] }));
    const connection = fakeConnection({ ledger, policy: archiveAlone });

    const answer = await run(['sources'], connection);

    expect(answer.out).toContain(`2026-11-18 UTC\n${sids.recording(8)}  archived  may go\n`);
    expect(answer.out).toContain(`${sids.recording(9)}  held      stays\n  held\n`);
    expect(answer.out).toContain('2 recordings: 1 may go, 1 stay, 0 with nothing to delete');
    expect(answer.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(answer.out).not.toContain('because\n');
    expect(connection.sent).toEqual([]);
  });

  it('has each planned again when told to, but for those of which nothing is left', async () => {
    const at = new Date('2026-11-19T12:00:00Z');
    const gone = { state: 'deleted', intendedAt: at, deletedAt: at, confirmedBy: 'not-found' } as const;
    const ledger = await ledgerWith(archived(8, { foundBy: 'list' }), archived(9, { deletion: gone }));
    const connection = fakeConnection({ ledger, policy: archiveAlone });

    const answer = await run(['sources', '--send'], connection);

    expect(answer.out).toContain('1 recording sent to be planned again');
    expect(connection.sent.map(({ queue, body }) => [queue, JSON.parse(body)])).toEqual([
      [
        'archive-recording',
        {
          v: 1,
          route: 'internal/archive-recording',
          recordingSid: sids.recording(8),
          foundBy: 'list',
          cause: `sources/${sids.recording(8)}`,
        },
      ],
    ]);
  });

  it('lists what it knows where the pipeline does not say its policy', async () => {
    const answer = await run(['sources'], fakeConnection({ ledger: await ledgerWith(archived(8)) }));

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('no policy known');
    expect(answer.out).toContain('does not say by which policy it plans');
  });

  it('looks at seven days back when nobody says, and leaves out what began before', async () => {
    const ledger = await ledgerWith(archived(2), archived(8));

    const answer = await run(['sources', '--json'], fakeConnection({ ledger, policy: archiveAlone }));

    expect(JSON.parse(answer.out)).toMatchObject({ recordings: 1, sources: [{ recordingSid: sids.recording(8) }] });
  });

  it.each([
    ['2026-02-30', '--since wants a day'],
    ['yesterday', '--since wants a day'],
    ['2026-11-21', 'has not come yet: it is 2026-11-20 there'],
    ['2024-01-01', 'at most 400'],
  ])('refuses --since %s', async (since, message) => {
    const answer = await run(['sources', '--since', since]);

    expect(answer.code).toBe(2);
    expect(answer.err).toContain(message);
  });
});
