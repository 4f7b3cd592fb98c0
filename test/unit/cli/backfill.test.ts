import type { RecordingResource } from '../../../lambdas/shared/ports/recordings.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleRecording, fullRecording } from '../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { fakeConnection } from './fake-connection.ts';
import { run } from './run-typed.ts';

const made = (n: number, day: string, changes: Partial<RecordingResource> = {}): RecordingResource => ({
  ...{ recordingSid: sids.recording(n), accountSid: sids.account(), status: 'completed' },
  ...{ startedAt: new Date(`${day}T12:00:0${n % 10}Z`), durationSeconds: 61, channels: 2, ...changes },
});

/** Two days of 2024: five recordings and then two, one of them archived and one erased. */
async function oldYear(has: { readonly queueDepth?: () => number } = {}) {
  const ledger = inMemoryLedger();
  await ledger.saveRecording({
    ...exampleRecording({ recordingSid: sids.recording(2) }),
    archive: fullRecording().archive,
  });
  const erased = { state: 'erased', erasedAt: new Date('2026-11-01T00:00:00Z') } as const;
  await ledger.saveRecording(exampleRecording({ recordingSid: sids.recording(3), erasure: erased }));
  const all = [
    ...[1, 2, 3].map((n) => made(n, '2024-02-28')),
    made(4, '2024-02-28', { status: 'deleted' }),
    made(5, '2024-02-28', { durationSeconds: 60, channels: 1 }),
    ...[6, 7].map((n) => made(n, '2024-02-29')),
    made(8, '2024-03-01'),
  ];
  const pauses: number[] = [];
  const connection = fakeConnection({ ledger, recordings: () => all, ...has });
  const type = (...typed: string[]) =>
    run(['backfill', ...typed, '--json'], connection, { pause: async (seconds) => void pauses.push(seconds) });
  const sent = (): readonly string[] =>
    connection.sent.map(({ body }) => String(Object(JSON.parse(body)).recordingSid)).toSorted();
  return { ledger, connection, pauses, type, sent };
}

const range = ['--from', '2024-02-28', '--to', '2024-02-29'];
// None of them names a call.
const counts = { found: 7, sent: 4, known: 1, tombstoned: 1, empty: 1 };
// Three of 61 s begin a second minute each, in two channels; one of 60 s does not, in one.
const estimate = { minutes: 7, bytes: 3 * 61 * 2 * 16_000 + 60 * 16_000 };

describe('backfill', () => {
  it('sends what is not archived to archive-recording, and leaves alone what is, or was erased', async () => {
    const { type, sent, connection } = await oldYear();

    const answer = await type(...range);

    expect(answer.code).toBe(0);
    expect(JSON.parse(answer.out)).toEqual({
      ...{ from: '2024-02-28', to: '2024-02-29', dryRun: false, days: 2, ...counts, ...estimate },
    });
    expect(sent()).toEqual([1, 5, 6, 7].map(sids.recording));
    expect(connection.sent.map(({ queue }) => queue)).toEqual(Array.from({ length: 4 }, () => 'archive-recording'));
    expect(JSON.parse(connection.sent.find(({ body }) => body.includes(sids.recording(1)))?.body ?? '')).toEqual({
      ...{ v: 1, route: 'internal/archive-recording', recordingSid: sids.recording(1), foundBy: 'reconcile' },
      cause: `backfill/${sids.recording(1)}`,
    });
  });

  it('counts the same and sends nothing in a dry run, and leaves no trace', async () => {
    const { type, sent, ledger } = await oldYear();

    expect(JSON.parse((await type(...range, '--dry-run')).out)).toMatchObject({ dryRun: true, ...counts, ...estimate });

    expect(sent()).toEqual([]);
    expect(await ledger.readBackfillControl()).toBeUndefined();
  });

  it('sends no faster than it is told', async () => {
    const { type, pauses } = await oldYear();

    await type(...range, '--rate', '2');

    expect(pauses).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it('waits while too much waits for archive-recording', async () => {
    const depths = [501, 500];
    const { type, pauses, sent } = await oldYear({ queueDepth: () => depths.shift() ?? 0 });

    await type(...range);

    expect(pauses[0]).toBe(15);
    expect(sent()).toHaveLength(4);
  });

  it('waits as long as Twilio asks for', async () => {
    const { connection, pauses } = await oldYear();
    let calls = 0;
    const page: typeof connection.recordings.page = async (of) => {
      calls += 1;
      if (calls === 1) throw new RetryableError('429', { reason: 'twilio-rate-limited', retryAfterSeconds: 7 });
      return connection.recordings.page(of);
    };

    const answer = await run(
      ['backfill', ...range, '--json'],
      { ...connection, recordings: { page } },
      {
        pause: async (seconds) => void pauses.push(seconds),
      },
    );

    expect(answer.code).toBe(0);
    expect(pauses[0]).toBe(7);
  });

  it('goes on after the last day that was done, and sends nothing twice that archive-recording has taken up', async () => {
    const { type, connection, ledger, sent } = await oldYear();
    const page: typeof connection.recordings.page = async (of) => {
      if (of.from >= new Date('2024-02-29T00:00:00Z')) throw new Error('killed');
      return connection.recordings.page(of);
    };
    const pause = async () => undefined;
    await expect(run(['backfill', ...range], { ...connection, recordings: { page } }, { pause })).rejects.toThrow(
      'killed',
    );
    expect(await ledger.readBackfillControl()).toMatchObject({
      doneUntil: '2024-02-28',
      counts: { found: 5, sent: 2 },
    });

    expect(JSON.parse((await type('--resume')).out)).toMatchObject({ days: 1, ...counts });

    expect(sent()).toEqual([1, 5, 6, 7].map(sids.recording));
  });

  it.each([
    [[], 'backfill wants --from'],
    [['--from', '2024-02-30'], '--from wants a day'],
    [['--from', '2024-02-28', '--to', '2024-02-27'], 'comes before'],
    [['--from', '2024-02-28', '--to', '2026-11-20'], 'is not over there'],
    [['--from', '2024-02-28', '--rate', '0'], '--rate wants a whole number from 1 to 50'],
    [['--resume'], 'nothing was begun'],
    [['--resume', '--from', '2024-02-28'], '--resume goes on with the days'],
  ])('refuses %j and says why', async (typed, message) => {
    expect(await (await oldYear()).type(...typed)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });

  it('says in words what it found', async () => {
    const { connection } = await oldYear();

    const { out } = await run(['backfill', ...range, '--dry-run'], connection);

    expect(out).toContain('2024-02-28 to 2024-02-29, 2 of them now');
    expect(out).toMatch(/would be sent +4, about 6\.8 MB and 7 minutes of storage at Twilio/);
  });
});
