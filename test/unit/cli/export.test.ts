import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import { conversationSid } from '../../../lambdas/shared/domain/sids.ts';
import type { RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { TaskRecording } from '../../../lambdas/shared/domain/task-record.ts';
import type { TranscriptRecord } from '../../../lambdas/shared/domain/transcript-record.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryArchive } from '../../support/fakes/in-memory-archive.ts';
import { inMemorySubjectIndex } from '../../support/fakes/in-memory-subject-index.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { checkSums, sha256Of } from '../../support/sha256sum.ts';
import { fakeConnection } from './fake-connection.ts';
import { run } from './run-typed.ts';

const at = new Date('2026-11-20T12:00:00Z');
const day = `${sids.account()}/2026/11/20`;
const chat = conversationSid(`CH${'1'.repeat(32)}`);
const order = ['--matter', 'DSAR-2026-17', '--who', 'Grace Example'];

describe('export', () => {
  let dir = '';
  let out = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'export-'));
    out = join(dir, 'subject.zip');
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** A customer with a call (two recordings), a chat, an erased recording and one that never was archived. */
  async function pipeline() {
    const ledger = inMemoryLedger();
    const archive = inMemoryArchive();
    const subjectIndex = inMemorySubjectIndex();
    const put = async (key: string, text: string): Promise<string> => {
      const stored = await archive.create(
        { key, contentType: 'audio/wav', sizeBytes: Buffer.byteLength(text), metadata: {} },
        Readable.from([Buffer.from(text)], { objectMode: false }),
      );
      return stored.kind === 'stored' ? (stored.versionId ?? '') : '';
    };
    const archived = async (n: number, more: Partial<RecordingRecord> = {}): Promise<RecordingSid> => {
      const key = `${day}/${sids.recording(n)}.wav`;
      const versionId = await put(key, `sound-${n}`);
      await archive.putSidecar(`${day}/${sids.recording(n)}.json`, '{"old":true}');
      await archive.putSidecar(`${day}/${sids.recording(n)}.json`, `{"of":${n}}`);
      const audio = {
        ...{ key, versionId, sizeBytes: 7, sha256: sha256Of(`sound-${n}`), crc64Nvme: 'AAAAAAAAAAA=' },
        ...{ contentType: 'audio/wav', channels: 1, durationSeconds: 1, storedAt: at },
      };
      await ledger.saveRecording(
        exampleRecording({
          recordingSid: sids.recording(n),
          archive: { state: 'verified', audio, verifiedAt: at },
          ...more,
        }),
      );
      return sids.recording(n);
    };
    const hold = { matter: 'CASE-9', placedBy: 'Alan Example', why: 'a secret of ours', placedAt: at };
    await archived(1);
    await archived(2, { holds: [hold] });
    // The tombstone of what an erasure took, with something that nobody knows of left in the bucket.
    await archived(3, { archive: { state: 'none' }, erasure: { state: 'erased', erasedAt: at } });
    await ledger.saveRecording(exampleRecording({ recordingSid: sids.recording(4) }));
    // Somebody else's.
    await archived(5);
    const json = { key: `${day}/${chat}.json`, versionId: await put(`${day}/${chat}.json`, '{"messages":[]}') };
    const text = { key: `${day}/${chat}.txt`, versionId: await put(`${day}/${chat}.txt`, 'Ada: hello') };
    const transcript: TranscriptRecord = {
      ...{ conversationSid: chat, version: 0, accountSid: sids.account(), firstSeenAt: at, taskSids: [sids.task(2)] },
      ...{ source: { status: 'closed', startedAt: at }, holds: [], erasure: { state: 'none' } },
      archive: {
        state: 'verified',
        verifiedAt: at,
        transcript: {
          json: { ...json, sizeBytes: 15, sha256: sha256Of('{"messages":[]}') },
          text: { ...text, sizeBytes: 10, sha256: sha256Of('Ada: hello') },
          ...{ messages: 1, storedAt: at },
        },
      },
    };
    await ledger.saveTranscript(transcript);
    const recordings = [1, 2, 3, 4].map((n): TaskRecording => {
      return { recordingSid: sids.recording(n), foundBy: 'list', kind: 'conference', isAbsent: false };
    });
    await ledger.saveTask(exampleTask({ recordings }));
    await ledger.saveTask(
      exampleTask({ taskSid: sids.task(2), conversationSids: [chat, conversationSid(`CH${'2'.repeat(32)}`)] }),
    );
    await subjectIndex.add('phone:+12025550143', sids.task(1));
    await subjectIndex.add('email:ada@example.com', sids.task(2));
    return { ledger, archive, connection: fakeConnection({ ledger, archive, subjectIndex }) };
  }

  const unzipped = (): string => {
    execFileSync('unzip', ['-q', out, '-d', join(dir, 'x')]);
    return join(dir, 'x');
  };
  const read = (root: string, name: string): string => readFileSync(join(root, name), 'utf8');

  it('holds everything of a person, each file with the hash that other tools find', async () => {
    const { connection } = await pipeline();

    const typed = ['export', '--phone', '+1 (202) 555-0143', '--email', 'Ada@Example.com', ...order, '--out', out];
    const answer = await run([...typed, '--json'], connection);

    expect(answer).toMatchObject({ code: 0 });
    const root = unzipped();
    expect(checkSums(root).toSorted()).toEqual(
      [
        'manifest.json',
        ...[1, 2].flatMap((n) =>
          [`${sids.recording(n)}.json`, `${sids.recording(n)}.wav`].map((f) => `recordings/${sids.recording(n)}/${f}`),
        ),
        ...[1, 2, 3, 4].flatMap((n) => ['ledger', 'timeline'].map((f) => `recordings/${sids.recording(n)}/${f}.json`)),
        ...[1, 2].flatMap((n) => ['ledger', 'timeline'].map((f) => `tasks/${sids.task(n)}/${f}.json`)),
        ...[`${chat}.json`, `${chat}.txt`, 'ledger.json', 'timeline.json'].map((f) => `transcripts/${chat}/${f}`),
      ].toSorted(),
    );
    expect(read(root, `recordings/${sids.recording()}/${sids.recording()}.wav`)).toBe('sound-1');
    expect(read(root, `recordings/${sids.recording()}/${sids.recording()}.json`)).toBe('{"of":1}');
    expect(read(root, `transcripts/${chat}/${chat}.txt`)).toBe('Ada: hello');
  });

  it('names in its manifest every file with key and version, and what became of each recording', async () => {
    const { connection, archive } = await pipeline();

    await run(['export', '--phone', '+12025550143', ...order, '--out', out], connection);

    const manifest = JSON.parse(read(unzipped(), 'manifest.json'));
    const key = `${day}/${sids.recording()}.wav`;
    expect(manifest.files).toContainEqual({
      name: `recordings/${sids.recording()}/${sids.recording()}.wav`,
      ...{ sizeBytes: 7, sha256: sha256Of('sound-1'), key, isAsLedgerSays: true },
      versionId: archive.versions.of(key)[0]?.versionId,
    });
    expect(manifest).toMatchObject({
      ...{ v: 1, madeAt: '2026-11-20T12:00:00.000Z', matter: 'DSAR-2026-17', by: 'Grace Example' },
      recordings: [
        { sid: sids.recording(1), outcome: 'exported', isHeld: false },
        { sid: sids.recording(2), outcome: 'exported', isHeld: true },
        { sid: sids.recording(3), outcome: 'erased', erasedAt: '2026-11-20T12:00:00.000Z' },
        { sid: sids.recording(4), outcome: 'no-copy' },
      ],
      ...{ transcripts: [], tasks: [sids.task()], unknown: [] },
    });
  });

  it('gives away no reason of a hold, and no key that the person was found by', async () => {
    const { connection } = await pipeline();

    const answer = await run(['export', '--phone', '+12025550143', ...order, '--out', out], connection);

    const all = execFileSync('unzip', ['-p', out], { maxBuffer: 10_000_000 }).toString();
    expect(all).toContain('CASE-9');
    expect(all).not.toContain('a secret of ours');
    expect(`${all}${answer.out}${answer.err}`).not.toContain('+12025550143');
  });

  it('is written down on the timeline of all that it gives away, before anything is read', async () => {
    const { connection, ledger, archive } = await pipeline();

    await run(['export', '--email', 'ada@example.com', ...order, '--out', out], connection);

    for (const sid of [sids.task(2), chat]) {
      expect(await ledger.timelineOf(sid)).toEqual([
        {
          ...{ of: sid, occurredAt: at, cause: 'export/DSAR-2026-17', what: 'exported' },
          ...{ actor: 'operator:Grace Example', after: 'DSAR-2026-17' },
        },
      ]);
    }
    // The export itself stands in what was exported.
    expect(read(unzipped(), `transcripts/${chat}/timeline.json`)).toContain('operator:Grace Example');

    const unwritable = {
      ...connection,
      ledger: { ...ledger, addToTimeline: () => Promise.reject(new Error('ledger')) },
    };
    const before = archive.opened.length;
    await expect(
      run(['export', '--recording', sids.recording(), ...order, '--out', join(dir, 'two.zip')], unwritable),
    ).rejects.toThrow('ledger');
    expect(archive.opened.slice(before)).toEqual([]);
    expect(existsSync(join(dir, 'two.zip'))).toBe(false);
    expect(existsSync(join(dir, 'two.zip.partial'))).toBe(false);
  });

  it('says so, and exits 1, when a copy is not what was archived', async () => {
    const { connection, archive } = await pipeline();
    const key = `${day}/${sids.recording()}.wav`;
    archive.spoil(key, archive.versions.of(key)[0]?.versionId ?? '', Buffer.from('rotten!'));

    const answer = await run(['export', '--recording', sids.recording(), ...order, '--out', out], connection);

    expect(answer.code).toBe(1);
    expect(answer.out).toContain(
      `recordings/${sids.recording()}/${sids.recording()}.wav  is not what the ledger says was archived\n`,
    );
  });

  it('holds both what was archived and what lies over it', async () => {
    const { connection, archive } = await pipeline();
    archive.putAnyway(`${day}/${sids.recording()}.wav`, Buffer.from('another'));

    await run(['export', '--recording', sids.recording(), ...order, '--out', out], connection);

    const root = unzipped();
    expect(read(root, `recordings/${sids.recording()}/${sids.recording()}.wav`)).toBe('another');
    expect(read(root, `recordings/${sids.recording()}/proved/${sids.recording()}.wav`)).toBe('sound-1');
  });

  it('is for its owner’s eyes, and never written over a file', async () => {
    const { connection } = await pipeline();
    const typed = ['export', '--task', sids.task(2), ...order, '--out', out];
    await run(typed, connection);
    expect(statSync(out).mode & 0o777).toBe(0o600);

    writeFileSync(out, 'mine');
    const answer = await run(typed, connection);

    expect(answer).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(await run([...typed.slice(0, -1), join(dir, 'no', 'dir.zip')], connection)).toMatchObject({ code: 2 });
  });

  it('leaves no file behind when an object breaks on its way, and none when nobody is found', async () => {
    const { connection, archive } = await pipeline();
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('connection reset');
      })(),
      { objectMode: false },
    );
    const breaking = {
      ...connection,
      archive: {
        ...connection.archive,
        open: async (key: string, versionId?: string) => {
          const found = await archive.open(key, versionId);
          return found && { ...found, stream: broken };
        },
      },
    };

    const half = await run(['export', '--recording', sids.recording(), ...order, '--out', out], breaking);
    expect(half).toMatchObject({ code: 3, err: expect.stringContaining('broke off while it was exported') });
    const nobody = await run(['export', '--phone', '+12025550199', ...order, '--out', out], connection);

    expect(nobody.code).toBe(1);
    expect(nobody.out).toContain('knows nothing of them');
    expect(nobody.out).not.toContain('0199');
    for (const path of [out, `${out}.partial`]) expect(existsSync(path)).toBe(false);
  });

  it.each([
    [['--out', 'x.zip', ...order], 'about whom?'],
    [['--phone', '2025550143', '--out', 'x.zip', ...order], '--phone wants'],
    [['--email', 'ada', '--out', 'x.zip', ...order], '--email wants'],
    [['--task', 'WT1', '--out', 'x.zip', ...order], '--task wants'],
    [['--recording', 'RE1', '--out', 'x.zip', ...order], '--recording wants'],
    [['--external-id', '', '--out', 'x.zip', ...order], ''],
    [['--phone', '+12025550143', ...order], '--out is missing'],
    [['--phone', '+12025550143', '--out', 'x.zip', '--who', 'Grace'], '--matter is missing'],
    [['--phone', '+12025550143', '--out', 'x.zip', '--matter', 'M-1'], '--who is missing'],
  ])('refuses %j before anything is read', async (typed, message) => {
    const { connection } = await pipeline();

    const answer = await run(['export', ...typed], connection);

    expect(answer.code).toBe(2);
    expect(answer.err).toContain(message);
    expect(answer.err).not.toContain('2025550143');
  });
});
