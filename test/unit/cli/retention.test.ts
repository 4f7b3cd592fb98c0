import { fakeConnection } from './fake-connection.ts';
import { fileOf, removeFiles } from './run-offline.ts';
import { run } from './run-typed.ts';
import type { RetentionDecision } from '../../../lambdas/shared/domain/kept-facets.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTask, fullRecording } from '../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';

afterEach(removeFiles);

/** The clock of the fake connection stands at noon on 20 November 2026. */
const day = (days: number): Date => new Date(Date.parse('2026-11-10T10:00:00Z') + days * 86_400_000);
const range = ['--from', '2026-11-10', '--to', '2026-11-20'];
const hold = { matter: 'CASE-1', placedBy: 'Grace Example', why: 'w', placedAt: day(1) };

/** An archived recording of 10 November 2026 with 1000 bytes of sound. */
function archived(n: number, changes: Partial<RecordingRecord> = {}): RecordingRecord {
  const { erasure: _e, kept: _k, retention: _r, dueAt: _d, releases: _l, archive: _a, ...rest } = fullRecording();
  const audio = {
    ...{ key: 'k', versionId: 'v', sizeBytes: 1000, sha256: '', crc64Nvme: '', contentType: 'audio/x-wav' },
    ...{ channels: 1, durationSeconds: 1, storedAt: day(0) },
  };
  return {
    ...{ ...rest, recordingSid: sids.recording(n), version: 0, taskSids: [], holds: [], erasure: { state: 'none' } },
    source: { status: 'completed', startedAt: day(0) },
    archive: { state: 'verified', audio, verifiedAt: day(0) },
    ...changes,
  };
}

const kept = (className: string, days?: number, lock?: RetentionDecision['lock']): RetentionDecision => ({
  className,
  decidedAt: day(0),
  ...(days !== undefined && { until: day(days) }),
  ...(lock !== undefined && { lock }),
});
const locked = { mode: 'governance', dueAt: day(0), until: day(365), lockedAt: day(0) } as const;

async function connectionWith(...recordings: readonly RecordingRecord[]) {
  const ledger = inMemoryLedger();
  for (const recording of recordings) await ledger.saveRecording(recording);
  return fakeConnection({ ledger });
}

/** Everything is to stay for 5 days. */
const fiveDays = { classes: [{ name: 'standard', days: 5 }] };

const changes = () =>
  connectionWith(
    archived(1, { retention: kept('standard', 365) }),
    archived(2, { retention: kept('standard', 365), holds: [hold] }),
    archived(3, { retention: kept('standard', 365, locked) }),
    archived(4, { retention: kept('standard', 2), holds: [hold] }),
    archived(5),
    archived(6, { retention: kept('standard', 5) }),
    archived(7, { erasure: { state: 'erased', erasedAt: day(1) } }),
    archived(8, { archive: { state: 'none' } }),
  );

describe('retention', () => {
  it('counts what would go sooner, later and at once, what is held and what is locked, and changes nothing', async () => {
    const connection = await changes();
    const before = JSON.stringify(await connection.ledger.readRecording(sids.recording(1)));

    const answer = await run(['retention', ...range, '--config', fileOf(fiveDays), '--json'], connection);

    expect(answer.code).toBe(0);
    expect(JSON.parse(answer.out)).toMatchObject({
      things: 6,
      sizeBytes: 6000,
      // 1 and 2 would have stayed for a year; 4 for two days.
      sooner: 2,
      later: 1,
      // 1 and 5 were copied ten days ago; 2 and 4 are held.
      atOnce: 2,
      held: 2,
      locked: 1,
      undecided: 1,
      // 6 was to stay for just as long, and is over.
      ended: 1,
      changed: 4,
      sent: 0,
      classes: [
        { was: 'standard', would: 'standard', things: 5, sizeBytes: 5000, sooner: 2, later: 1, atOnce: 1 },
        { would: 'standard', things: 1, atOnce: 1 },
      ],
    });
    expect(connection.sent).toEqual([]);
    expect(JSON.stringify(await connection.ledger.readRecording(sids.recording(1)))).toBe(before);
  });

  it('says so in a table for people', async () => {
    const answer = await run(['retention', ...range, '--config', fileOf(fiveDays)], await changes());

    expect(answer.out).toMatch(/class now +would be +things +size +sooner +later +at once +held +locked/);
    expect(answer.out).toMatch(/standard +the same +5 +5\.0 kB +2 +1 +1 +2 +1\n/);
    expect(answer.out).toMatch(/\(none yet\) +standard +1 +1\.0 kB +0 +0 +1 +0 +0\n/);
    expect(answer.out).toContain('4 of them (4.0 kB) would be kept otherwise');
    expect(answer.out).toContain('2 would expire sooner, 2 of all within days; 1 would stay longer');
  });

  it('goes by the tasks of a recording, and by nothing of what is not of these days', async () => {
    const connection = await connectionWith(archived(1, { taskSids: [sids.task()] }), archived(2));
    await connection.ledger.saveTask(exampleTask({ taskQueueName: 'Orders' }));
    const config = fileOf({
      classes: [
        { name: 'orders', when: { queues: ['Orders'] } },
        { name: 'rest', days: 99 },
      ],
    });

    const found = await run(['retention', ...range, '--config', config, '--json'], connection);
    const later = await run(
      ['retention', '--from', '2026-11-11', '--to', '2026-11-11', '--config', config, '--json'],
      connection,
    );

    expect(JSON.parse(found.out)).toMatchObject({
      items: [
        { recordingSid: sids.recording(1), move: 'undecided', would: { className: 'orders' } },
        { recordingSid: sids.recording(2), would: { className: 'rest', until: '2027-02-17T10:00:00.000Z' } },
      ],
    });
    expect(JSON.parse(later.out)).toMatchObject({ things: 0 });
  });

  it('looks by the stage’s own file where none is named', async () => {
    const answer = await run(['retention', ...range], await connectionWith(archived(1)));

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('config/retention/keep-everything.json');
  });

  it('has decided again what would come out otherwise, and nothing else', async () => {
    const connection = await connectionWith(archived(1), archived(2, { retention: kept('standard') }));

    const answer = await run(['retention', ...range, '--apply'], connection);

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('1 sent to be decided again');
    expect(connection.sent.map(({ queue, body }) => [queue, JSON.parse(body)])).toEqual([
      ['archive-recording', expect.objectContaining({ recordingSid: sids.recording(1), cause: 'retention/standard' })],
    ]);
  });

  it('asks before anything goes sooner for it, and sends nothing where nobody can say yes', async () => {
    const forever = { retention: kept('standard') };
    // The sample stage keeps by contact-centre, whose last class has 365 days.
    const connection = { ...(await connectionWith(archived(1, forever))), stageName: 'sample' };

    const unasked = await run(['retention', ...range, '--apply'], connection);
    expect([unasked.code, connection.sent]).toEqual([2, []]);
    const said = await run(['retention', ...range, '--apply', '--yes'], connection);

    expect(said.out).toContain('1 would expire sooner, 0 of all within days');
    expect(connection.sent).toHaveLength(1);
  });

  it('refuses to apply what the functions were not deployed with, and what cannot be both', async () => {
    const connection = await connectionWith(archived(1));

    const other = await run(['retention', '--apply', '--config', fileOf(fiveDays)], connection);
    const both = await run(['retention', '--apply', '--dry-run'], connection);

    expect([other.code, both.code]).toEqual([2, 2]);
    expect(other.err).toContain('deploy');
    expect(connection.sent).toEqual([]);
  });

  it.each([
    [['--config', 'contact-center'], 'did you mean contact-centre?'],
    [['--from', '2026-11-31'], '--from wants a day such as 2026-11-20'],
    [['--from', '2026-11-21', '--to', '2026-11-20'], '--to 2026-11-20 comes before --from 2026-11-21'],
    [['--from', '2020-01-01'], 'at most 400'],
  ])('refuses %j', async (typed, message) => {
    const answer = await run(['retention', ...typed], await connectionWith());

    expect(answer.code).toBe(2);
    expect(answer.err).toContain(message);
  });

  it('names every fault of a file that cannot be used', async () => {
    const config = fileOf({ classes: [{ name: 'a', days: 0 }] });

    const answer = await run(['retention', '--config', config], await connectionWith());

    expect(answer.code).toBe(2);
    expect(answer.err).toContain('classes[0].days is 0; allowed is whole days from 1 to 36500');
  });
});
