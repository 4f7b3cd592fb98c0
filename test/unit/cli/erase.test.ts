import { Readable } from 'node:stream';
import { sids } from '../../support/example-sids.ts';
import { inMemoryArchive } from '../../support/fakes/in-memory-archive.ts';
import { inMemoryCertificates } from '../../support/fakes/in-memory-certificates.ts';
import { inMemorySubjectIndex } from '../../support/fakes/in-memory-subject-index.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { fakeConnection } from './fake-connection.ts';
import { run } from './run-typed.ts';

const at = new Date('2026-11-20T11:00:00Z');
const keyOf = (n: number): string => `${sids.account()}/2026/11/20/${sids.recording(n)}.wav`;
const by = ['--who', 'Grace', '--why', 'DSR-17'];
const phone = ['--phone', '+1 (202) 555-0143'];

/** A person with two calls, one held, one under a compliance lock, and a contact at Calabrio. */
async function pipeline() {
  const ledger = inMemoryLedger();
  const archive = inMemoryArchive();
  const subjectIndex = inMemorySubjectIndex();
  const certificates = inMemoryCertificates();
  for (const n of [1, 2]) {
    const recordings = [{ recordingSid: sids.recording(n), foundBy: 'list', kind: 'call', isAbsent: false } as const];
    await ledger.saveTask(exampleTask({ taskSid: sids.task(n), endedAt: at, endedBy: 'completed', recordings }));
    await subjectIndex.add('phone:+12025550143', sids.task(n));
    archive.putAnyway(keyOf(n), Buffer.from('sound'));
    const audio = {
      ...{ key: keyOf(n), sizeBytes: 5, sha256: 'a'.repeat(64), crc64Nvme: 'AAAAAAAAAAA=', contentType: 'audio/wav' },
      ...{ channels: 1, durationSeconds: 1, storedAt: at },
    };
    await ledger.saveRecording(
      exampleRecording({
        ...{ recordingSid: sids.recording(n), source: { status: 'completed', startedAt: at } },
        archive: { state: 'verified', audio, verifiedAt: at },
        holds: n === 1 ? [{ matter: 'CASE-9', placedBy: 'Alan', why: 'a secret of ours', placedAt: at }] : [],
        contacts: [
          {
            ...{ hash: 'c'.repeat(64), ccrId: 4710 + n, sessionId: sids.call(), legId: '', status: 'COMPLETE' },
            ...{ firstReceivedAt: at, lastReceivedAt: at, isContradictory: false },
          },
        ],
      }),
    );
  }
  const versionId = archive.versions.of(keyOf(2))[0]?.versionId ?? '';
  const lock = { mode: 'compliance', until: new Date('2033-01-01T00:00:00Z') } as const;
  archive.versions.change(keyOf(2), versionId, { lock });
  return { ledger, archive, certificates, connection: fakeConnection({ ledger, archive, subjectIndex, certificates }) };
}

/** The only request that is there. @throws when there is another number */
async function onlyRequest(ledger: ReturnType<typeof inMemoryLedger>) {
  const [request, ...others] = ledger.erasures.all();
  if (request === undefined || others.length > 0) throw new Error('not one request');
  return request;
}

describe('erase', () => {
  it('shows of a legal hold that somebody put on in S3, past the ledger, that it stays', async () => {
    const { archive, connection } = await pipeline();
    const versionId = archive.versions.of(keyOf(2))[0]?.versionId ?? '';
    archive.versions.change(keyOf(2), versionId, { isHeld: true });

    const { out } = await run(['erase', ...phone, '--dry-run'], connection);

    expect(out).toContain(`${sids.recording(2)}  stays: held for a legal hold in S3 that the ledger does not know`);
  });

  it('shows with --dry-run what would go and what stands against it, and changes nothing', async () => {
    const { ledger, connection } = await pipeline();

    const { code, out } = await run(['erase', ...phone, '--dry-run'], connection);

    expect(code).toBe(0);
    expect(out).toContain('2 tasks, 2 recordings and transcripts');
    expect(out).toContain(`${sids.recording(1)}  stays: held for CASE-9`);
    expect(out).toContain(`${sids.recording(2)}  stays: locked until 2033-01-01T00:00:00.000Z`);
    expect(out).toContain('Calabrio must delete 2 contacts itself: 4711, 4712');
    expect(ledger.erasures.all()).toEqual([]);
    expect(connection.sent).toEqual([]);
  });

  it('names whose call a recording was too, and what is only quoted and stays', async () => {
    const { ledger, connection } = await pipeline();
    const quoted = { recordingSid: sids.recording(3), foundBy: 'segment-link', kind: 'call', isAbsent: false } as const;
    const before = await ledger.readTask(sids.task(1));
    if (before === undefined) throw new Error('no task 1');
    await ledger.saveTask({ ...before, recordings: [...before.recordings, quoted] });
    const other = { ...quoted, recordingSid: sids.recording(1) };
    await ledger.saveTask(exampleTask({ taskSid: sids.task(8), callSids: [sids.call(8)], recordings: [other] }));
    for (const n of [1, 3]) {
      const known = await ledger.readRecording(sids.recording(n));
      const source = { status: 'completed', startedAt: at, ...(n === 3 && { callSid: sids.call(8) }) } as const;
      const of = { recordingSid: sids.recording(n), source, taskSids: n === 1 ? [sids.task(8)] : [] };
      await ledger.saveRecording({ ...(known ?? exampleRecording()), ...of });
    }
    await ledger.addAliases([sids.call(8)], sids.task(8));

    const { out } = await run(['erase', ...phone, '--dry-run'], connection);

    expect(out).toContain(`${sids.recording(1)}  is the call of ${sids.task(8)} too`);
    expect(out).toContain(`${sids.recording(3)}  stays: a task quotes it`);
    expect(out).toContain('2 tasks, 2 recordings and transcripts');
  });

  it('writes the request, with the hash and never the number, and then its message', async () => {
    const { ledger, connection } = await pipeline();

    const { code, out, err } = await run(['erase', ...phone, ...by, '--yes', '--detach'], connection);

    expect(code).toBe(0);
    const request = await onlyRequest(ledger);
    expect(request).toMatchObject({
      ...{ requestedBy: 'operator:Grace', why: 'DSR-17', subjectHashes: ['phone:+12025550143'], state: 'open' },
      ...{ taskSids: [sids.task(1), sids.task(2)], dueAt: connection.now() },
    });
    expect(request.items.map(({ sid }) => sid)).toEqual([sids.recording(1), sids.recording(2)]);
    expect(connection.sent).toEqual([
      {
        queue: 'erase-subject',
        body: JSON.stringify({
          ...{ v: 1, route: 'internal/erase-subject', erasureId: request.erasureId, cause: 'operator' },
        }),
      },
    ]);
    expect(`${out}${err}`).not.toMatch(/5550143|555-0143/);
  });

  it.each([
    ['n', 1, 0],
    ['yes', 0, 1],
  ])('asks first, and %s is the answer', async (answer, code, requests) => {
    const { ledger, connection } = await pipeline();
    const stdin = Object.assign(Readable.from([`${answer}\n`]), { isTTY: true });

    const answered = await run(['erase', ...phone, ...by, '--detach'], connection, { stdin, isTty: true });

    expect(answered.code).toBe(code);
    expect(ledger.erasures.all()).toHaveLength(requests);
  });

  it('wants to be told to where nobody can be asked', async () => {
    const { ledger, connection } = await pipeline();

    const { code, err } = await run(['erase', ...phone, ...by, '--detach'], connection);

    expect(code).toBe(2);
    expect(err).toContain('type --yes');
    expect(ledger.erasures.all()).toEqual([]);
  });

  it.each([
    [['erase', ...by], '--phone, --email, --external-id, --task or --recording is wanted'],
    [['erase', '--phone', '12', ...by], '--phone wants a number'],
    [['erase', ...phone, '--who', 'Grace'], '--why is missing'],
    [['erase', 'certificate'], 'wants the id of an erasure'],
    [['erase', 'undo', 'er-1'], 'one of: status, certificate, retry'],
    [['erase', 'status', 'er-1', 'er-2'], 'wants one id'],
    [['erase', 'status', 'er-1'], 'knows no erasure er-1'],
  ])('says what is wanted: %j', async (typed, wanted) => {
    const { connection } = await pipeline();

    const { code, err } = await run(typed, connection);

    expect(code).toBe(2);
    expect(err).toContain(wanted);
    expect(err).not.toContain('555-0143');
  });

  it('exits 1 for a task that nobody knows, and makes a tombstone of a recording that nobody knows', async () => {
    const { ledger, connection } = await pipeline();

    expect((await run(['erase', '--task', sids.task(7), ...by, '--yes', '--detach'], connection)).code).toBe(1);
    expect(ledger.erasures.all()).toEqual([]);

    expect((await run(['erase', '--recording', sids.recording(7), ...by, '--yes', '--detach'], connection)).code).toBe(
      0,
    );
    expect((await onlyRequest(ledger)).items).toEqual([{ sid: sids.recording(7), state: { kind: 'open' } }]);
  });

  it('follows the erasure until it rests, prints what is left, and exits 1 where something stands against it', async () => {
    const { ledger, connection } = await pipeline();
    let pauses = 0;
    // What erase-subject does meanwhile.
    const pause = async (): Promise<void> => {
      pauses += 1;
      if (pauses < 3) return;
      const request = await onlyRequest(ledger);
      await ledger.erasures.save({
        ...request,
        state: 'blocked',
        items: request.items.map(({ sid }) => ({ sid, state: { kind: 'held', matters: ['CASE-9'] } })),
      });
    };

    const { code, out } = await run(['erase', ...phone, ...by, '--yes'], connection, { pause });

    expect(code).toBe(1);
    expect(out).toContain(`${sids.recording(1)}  stays: held for CASE-9`);
    expect(out).toContain('the last copy has no end yet');
  });

  it('prints the certificate as it is kept', async () => {
    const { ledger, certificates, connection } = await pipeline();
    await run(['erase', ...phone, ...by, '--yes', '--detach'], connection);
    const { erasureId } = await onlyRequest(ledger);

    const before = await run(['erase', 'certificate', erasureId], connection);
    await certificates.put(erasureId, '{"v":1}');
    const after = await run(['erase', 'certificate', erasureId], connection);

    expect(before).toMatchObject({ code: 1 });
    expect(after).toMatchObject({ code: 0, out: '{"v":1}\n' });
  });

  it('names the erasures, and sends one again that was blocked', async () => {
    const { ledger, connection } = await pipeline();
    await run(['erase', ...phone, ...by, '--yes', '--detach'], connection);
    const request = await onlyRequest(ledger);
    await ledger.erasures.save({ ...request, state: 'blocked' });

    expect((await run(['erase', 'status'], connection)).out).toContain(`${request.erasureId}  blocked`);
    expect(await run(['erase', 'retry', request.erasureId, '--detach'], connection)).toMatchObject({ code: 0 });
    expect(connection.sent).toHaveLength(2);
  });
});
