import { fakeConnection } from './fake-connection.ts';
import { run } from './run-typed.ts';
import { applyEvent } from '../../../lambdas/shared/domain/recording-events.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';

const at = new Date('2026-11-20T12:00:00Z');
const why = 'A customer said that Ada Example promised something';
const order = ['--matter', 'CASE-2026-17', '--who', 'Grace Example', '--why', why];

/** A ledger with these recordings, the first of which is a finished task's. */
async function ledgerWith(...changes: readonly Partial<RecordingRecord>[]) {
  const ledger = inMemoryLedger();
  const recordings = changes.map((change, place) =>
    exampleRecording({ recordingSid: sids.recording(place + 1), ...change }),
  );
  for (const recording of recordings) await ledger.saveRecording(recording);
  await ledger.saveTask(
    exampleTask({
      callSids: [sids.call()],
      endedAt: at,
      recordings: [
        { recordingSid: sids.recording(1), foundBy: 'list', kind: 'conference', isAbsent: false, callSid: sids.call() },
      ],
    }),
  );
  await ledger.addAliases([sids.call()], sids.task());
  for (const { recordingSid } of recordings.slice(1)) await ledger.addAliases([sids.call()], recordingSid);
  return ledger;
}

describe('hold', () => {
  it('places a hold, and names the matter and the person in the timeline but not the reason', async () => {
    const ledger = await ledgerWith({});

    const answer = await run(['hold', sids.recording(), ...order], fakeConnection({ ledger }));

    expect(answer.code).toBe(0);
    expect(answer.out).toContain(`${sids.recording()}  held for CASE-2026-17\n`);
    expect(answer.out).not.toContain('Ada Example');
    expect(ledger.recordings()[0]?.holds).toEqual([
      { matter: 'CASE-2026-17', placedBy: 'Grace Example', why, placedAt: at },
    ]);
    expect(await ledger.timelineOf(sids.recording())).toEqual([
      {
        of: sids.recording(),
        occurredAt: at,
        cause: 'hold/CASE-2026-17',
        what: 'hold placed',
        actor: 'operator:Grace Example',
        after: 'CASE-2026-17',
      },
    ]);
  });

  it.each([sids.task(), sids.call()])('holds every recording that %s leads to', async (sid) => {
    const ledger = await ledgerWith({}, {});

    const answer = await run(['hold', sid, ...order], fakeConnection({ ledger }));

    expect(answer.code).toBe(0);
    expect(ledger.recordings().map(({ holds }) => holds.length)).toEqual([1, 1]);
    expect(answer.out).toContain(sids.recording(1));
    expect(answer.out).toContain(sids.recording(2));
    expect(answer.out).toContain('2 recordings held, 0 left as they were');
  });

  it('names in a dry run what it would hold, and changes nothing', async () => {
    const ledger = await ledgerWith({});

    const answer = await run(['hold', sids.task(), ...order, '--dry-run'], fakeConnection({ ledger }));

    expect(answer.code).toBe(0);
    expect(answer.out).toContain(`${sids.recording()}  would be held for CASE-2026-17`);
    expect(ledger.recordings()[0]?.holds).toEqual([]);
    expect(await ledger.timelineOf(sids.recording())).toEqual([]);
  });

  it('changes nothing for a matter that holds already, and says who placed it when', async () => {
    const ledger = await ledgerWith({});
    const connection = fakeConnection({ ledger });
    await run(['hold', sids.recording(), ...order], connection);
    const [held] = ledger.recordings();

    const answer = await run(
      ['hold', sids.recording(), '--matter', 'CASE-2026-17', '--who', 'Alan Example', '--why', 'again'],
      connection,
    );

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('was held for CASE-2026-17 already');
    expect(answer.out).toContain('placed by Grace Example at 2026-11-20T12:00:00.000Z');
    expect(ledger.recordings()).toEqual([held]);
  });

  it('says of a deletion that is under way what to look at', async () => {
    const ledger = await ledgerWith({ deletion: { state: 'intended', intendedAt: new Date('2026-11-20T11:59:00Z') } });

    const answer = await run(['hold', sids.recording(), ...order], fakeConnection({ ledger }));

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('under way since 2026-11-20T11:59:00.000Z');
    expect(answer.out).toContain(`look in a few minutes: status ${sids.recording()}`);
    expect(ledger.recordings()[0]?.holds).toHaveLength(1);
  });

  it('says of a deleted source that only the copy is held', async () => {
    const ledger = await ledgerWith({
      deletion: { state: 'deleted', intendedAt: at, deletedAt: at, confirmedBy: 'not-found' },
    });

    const answer = await run(['hold', sids.recording(), ...order], fakeConnection({ ledger }));

    expect(answer.out).toContain('the hold covers the copy in the archive alone');
  });

  it('exits 1 for what an erasure has begun to take away, and says so each time it is typed', async () => {
    const begunAt = new Date('2026-11-20T11:58:00Z');
    const ledger = await ledgerWith({ erasure: { state: 'requested', requestedAt: begunAt, begunAt } });
    const connection = fakeConnection({ ledger });

    const first = await run(['hold', sids.recording(), ...order], connection);
    const again = await run(['hold', sids.recording(), ...order], connection);
    const json = await run(['hold', sids.recording(), ...order, '--json'], connection);

    expect([first.code, again.code, json.code]).toEqual([1, 1, 1]);
    for (const { out } of [first, again])
      expect(out.replace(/\s+/g, ' ')).toContain(
        'taking it away since 2026-11-20T11:58:00.000Z: the hold comes too late',
      );
    expect(JSON.parse(json.out)).toMatchObject({ recordings: [{ erasureBegunAt: '2026-11-20T11:58:00.000Z' }] });
  });

  it('exits 1 for what was erased, for what has no record yet, and for what nobody knows', async () => {
    const ledger = await ledgerWith({ erasure: { state: 'erased', erasedAt: at } });
    await ledger.addAliases([sids.call(2)], sids.recording(7));
    const connection = fakeConnection({ ledger });

    const erased = await run(['hold', sids.recording(), ...order], connection);
    const unknown = await run(['hold', sids.recording(7), ...order], connection);
    const nobody = await run(['hold', sids.task(9), ...order], connection);

    expect([erased.code, unknown.code, nobody.code]).toEqual([1, 1, 1]);
    expect(erased.out).toContain('was erased');
    expect(unknown.out).toContain('has no record of it yet');
    expect(nobody.out).toContain('knows no recording of');
    expect(ledger.recordings()).toHaveLength(1);
  });

  it('says that a task which has not ended may get recordings that are not held', async () => {
    const ledger = await ledgerWith({});
    const [task] = ledger.tasks();
    const { endedAt: _ended, ...open } = task ?? exampleTask();
    await ledger.saveTask(open);

    const answer = await run(['hold', sids.task(), ...order], fakeConnection({ ledger }));

    expect(answer.out).toContain(`task ${sids.task()} has not ended`);
  });

  it.each([
    [['--matter', 'CASE 17', '--who', 'a', '--why', 'b'], '--matter wants 1 to 64 letters'],
    [['--matter', 'x'.repeat(65), '--who', 'a', '--why', 'b'], '--matter wants'],
    [['--who', 'a', '--why', 'b'], '--matter is missing'],
    [['--matter', 'M', '--why', 'b'], '--who is missing'],
    [['--matter', 'M', '--who', 'x'.repeat(65), '--why', 'b'], '--who wants a name of 1 to 64'],
    [['--matter', 'M', '--who', 'a\u001b[2J', '--why', 'b'], '--who wants'],
    [['--matter', 'M', '--who', ' ', '--why', 'b'], '--who wants'],
    [['--matter', 'M', '--who', 'a', '--why', 'x'.repeat(501)], '--why wants a reason of 1 to 500'],
    [['--matter', 'M', '--who', 'a'], '--why is missing'],
  ])('refuses %j and changes nothing', async (typed, message) => {
    const ledger = await ledgerWith({});

    const answer = await run(['hold', sids.recording(), ...typed], fakeConnection({ ledger }));

    expect(answer.code).toBe(2);
    expect(answer.err).toContain(message);
    expect(ledger.recordings()[0]?.version).toBe(1);
  });
});

describe('release', () => {
  const hold = (matter: string) =>
    ({ kind: 'hold-placed', hold: { matter, placedBy: 'Grace Example', why: 'w', placedAt: at } }) as const;
  const held = (...matters: readonly string[]): RecordingRecord =>
    matters.reduce((recording, matter) => applyEvent(recording, hold(matter)), exampleRecording());

  it('lets go of the matter, keeps who and why with the recording, and has it planned again', async () => {
    const ledger = await ledgerWith(held('CASE-2026-17'));
    const connection = fakeConnection({ ledger });

    const answer = await run(['release', sids.recording(), ...order], connection);

    expect(answer.code).toBe(0);
    expect(ledger.recordings()[0]).toMatchObject({
      holds: [],
      releases: [{ matter: 'CASE-2026-17', releasedBy: 'Grace Example', why, releasedAt: at }],
    });
    expect(await ledger.timelineOf(sids.recording())).toMatchObject([
      { what: 'hold released', actor: 'operator:Grace Example', after: 'CASE-2026-17' },
    ]);
    expect(connection.sent.map(({ queue, body }) => [queue, JSON.parse(body)])).toEqual([
      [
        'archive-recording',
        {
          v: 1,
          route: 'internal/archive-recording',
          recordingSid: sids.recording(),
          foundBy: 'callback',
          cause: 'release/CASE-2026-17',
        },
      ],
    ]);
  });

  it('goes on holding for another matter, and says for which', async () => {
    const ledger = await ledgerWith(held('CASE-2026-17', 'CASE-2026-18'));

    const answer = await run(['release', sids.recording(), ...order], fakeConnection({ ledger }));

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('still held for CASE-2026-18');
    expect(ledger.recordings()[0]?.holds).toMatchObject([{ matter: 'CASE-2026-18' }]);
  });

  it('typed again has the recording planned again and changes nothing else', async () => {
    const ledger = await ledgerWith(held('CASE-2026-17'));
    const connection = fakeConnection({ ledger });
    await run(['release', sids.recording(), ...order], connection);
    const released = ledger.recordings();

    const answer = await run(['release', sids.recording(), ...order], connection);

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('was released from CASE-2026-17 before');
    expect(connection.sent).toHaveLength(2);
    expect(ledger.recordings()).toEqual(released);
  });

  it('exits 1 and sends nothing when the matter holds nothing, and in a dry run sends nothing either', async () => {
    const ledger = await ledgerWith(held('CASE-2026-18'));
    const connection = fakeConnection({ ledger });

    const other = await run(['release', sids.recording(), ...order], connection);
    const ofTheOther = order.map((word) => (word === 'CASE-2026-17' ? 'CASE-2026-18' : word));
    const dry = await run(['release', sids.recording(), ...ofTheOther, '--dry-run'], connection);

    expect(other.code).toBe(1);
    expect(other.out).toContain('is not held for CASE-2026-17');
    expect(dry.code).toBe(0);
    expect(connection.sent).toEqual([]);
    expect(ledger.recordings()[0]?.holds).toHaveLength(1);
  });
});
