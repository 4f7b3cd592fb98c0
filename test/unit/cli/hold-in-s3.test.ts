import { fakeConnection } from './fake-connection.ts';
import { run } from './run-typed.ts';
import { applyTranscriptKeeping } from '../../../lambdas/shared/domain/transcript-life.ts';
import type { TranscriptRecord } from '../../../lambdas/shared/domain/transcript-record.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryArchive } from '../../support/fakes/in-memory-archive.ts';
import { inMemoryArchiveKeeping } from '../../support/fakes/in-memory-archive-keeping.ts';
import { exampleTask, fullRecording } from '../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { keepRecording } from '../../../lambdas/shared/steps/keep-recording.ts';

const at = new Date('2026-11-20T12:00:00Z');
const order = ['--matter', 'CASE-1', '--who', 'Grace Example', '--why', 'a claim'];
const stem = `${sids.account()}/2026/11/20/${sids.conversation()}`;

const text = (key: string) => ({ key, versionId: 'v1', sizeBytes: 2, sha256: '0'.repeat(64) });
const transcript: TranscriptRecord = {
  conversationSid: sids.conversation(),
  version: 0,
  accountSid: sids.account(),
  firstSeenAt: at,
  taskSids: [sids.task()],
  source: { status: 'closed' },
  archive: {
    state: 'verified',
    transcript: { json: text(`${stem}.json`), text: text(`${stem}.txt`), messages: 1, storedAt: at },
    verifiedAt: at,
  },
  holds: [],
  erasure: { state: 'none' },
};

/** An archived recording at rest that nothing was decided for yet. */
function archivedRecording(): RecordingRecord {
  const {
    erasure: _erasure,
    kept: _kept,
    retention: _retention,
    dueAt: _due,
    releases: _let,
    ...rest
  } = fullRecording();
  return { ...rest, version: 0, holds: [], erasure: { state: 'none' } };
}

/** A task with a conversation and a recording, both archived, and S3 that its function tells when it is sent for. */
async function startWorld({ isAtWork = true } = {}) {
  const ledger = inMemoryLedger();
  const archive = inMemoryArchive();
  const recording = archivedRecording();
  await ledger.saveRecording(recording);
  await ledger.saveTranscript(transcript);
  await ledger.saveTask(
    exampleTask({
      endedAt: at,
      conversationSids: [sids.conversation()],
      recordings: [{ recordingSid: recording.recordingSid, foundBy: 'list', kind: 'conference', isAbsent: false }],
    }),
  );
  const day = recording.source.startedAt?.toISOString().slice(0, 10).replaceAll('-', '/') ?? '';
  for (const end of ['wav', 'json'])
    archive.putAnyway(`${recording.accountSid}/${day}/${recording.recordingSid}.${end}`, Buffer.from('x'));
  for (const end of ['json', 'txt']) archive.putAnyway(`${stem}.${end}`, Buffer.from('x'));
  const connection = fakeConnection({ ledger, archive });
  const keeping = inMemoryArchiveKeeping(archive.versions, () => at);
  let waited = 0;
  /** While the operator waits, the function that was sent for does its work. */
  const pause = async (seconds: number) => {
    waited += seconds;
    const known = await ledger.readRecording(recording.recordingSid);
    if (!isAtWork || known === undefined) return;
    const has = { ledger, keeping, retention: { classes: [] }, meter: { measure: () => undefined }, now: () => at };
    await keepRecording(has, known, { cause: 'm-1', actor: 'archive-recording' });
  };
  return {
    ledger,
    connection,
    recording,
    waited: () => waited,
    type: (typed: readonly string[]) => run(typed, connection, { pause }),
  };
}

describe('hold', () => {
  it('has S3 told, waits for that, and shows what S3 says', async () => {
    const { connection, recording, type } = await startWorld();

    const answer = await type(['hold', recording.recordingSid, ...order]);

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('in S3: 2 of 2 versions under a legal hold');
    expect(connection.sent.map(({ queue, body }) => [queue, JSON.parse(body)])).toEqual([
      ['archive-recording', expect.objectContaining({ recordingSid: recording.recordingSid, cause: 'hold/CASE-1' })],
    ]);
  });

  it('says that S3 was not told yet where it was not within 20 seconds', async () => {
    const { recording, type, waited } = await startWorld({ isAtWork: false });

    const answer = await type(['hold', recording.recordingSid, ...order]);

    expect(answer.code).toBe(0);
    expect(answer.out).toContain('in S3: 0 of 2 versions under a legal hold');
    expect(answer.out).toContain(`status ${recording.recordingSid}`);
    expect(waited()).toBe(18);
  });

  it('goes on in S3 when one of several matters is released, and ends with the last', async () => {
    const { recording, type } = await startWorld();
    const typed = (command: string, matter: string) =>
      type([command, recording.recordingSid, '--matter', matter, '--who', 'Grace Example', '--why', 'w']);
    await typed('hold', 'CASE-1');
    await typed('hold', 'CASE-2');

    const one = await typed('release', 'CASE-1');
    const last = await typed('release', 'CASE-2');

    expect(one.out).toContain('still held for CASE-2');
    expect(one.out).toContain('in S3: 2 of 2 versions');
    expect(last.out).toContain('in S3: 0 of 2 versions');
  });

  it.each([[[sids.task()]], [['--task', sids.task()]]])(
    'of a task holds its transcripts as well as its recordings: %j',
    async (named) => {
      const { connection, ledger, type } = await startWorld();

      const answer = await type(['hold', ...named, ...order, '--json']);

      expect(JSON.parse(answer.out)).toMatchObject({
        recordings: [{ outcome: 'placed', s3: { versions: 2, held: 2 } }],
        transcripts: [{ conversationSid: sids.conversation(), outcome: 'placed', s3: { versions: 2, held: 0 } }],
      });
      expect((await ledger.readTranscript(sids.conversation()))?.holds).toMatchObject([{ matter: 'CASE-1' }]);
      expect(connection.sent.map(({ queue }) => queue)).toEqual(['archive-recording', 'archive-transcript']);
      expect(await ledger.timelineOf(sids.conversation())).toMatchObject([{ what: 'hold placed', after: 'CASE-1' }]);
    },
  );

  it('of a conversation is let go of again, and makes the transcript due until S3 was told', async () => {
    const { ledger, type } = await startWorld();
    await type(['hold', sids.conversation(), ...order]);
    const held = await ledger.readTranscript(sids.conversation());
    expect(held?.dueAt).toEqual(at);
    const kept = { kind: 'kept-as', kept: { isHeld: true, at } } as const;
    if (held !== undefined) await ledger.saveTranscript(applyTranscriptKeeping(held, kept));

    const answer = await type(['release', sids.conversation(), ...order]);

    expect(answer.code).toBe(0);
    expect(answer.out).toContain(`${sids.conversation()}  released from CASE-1`);
    expect((await ledger.readTranscript(sids.conversation()))?.releases).toMatchObject([{ matter: 'CASE-1' }]);
  });

  it('wants one of a SID and a task', async () => {
    const { type } = await startWorld();

    expect((await type(['hold', sids.recording(), '--task', sids.task(), ...order])).code).toBe(2);
    expect((await type(['hold', '--task', sids.recording(), ...order])).err).toContain(
      '--task wants the SID of a task',
    );
  });
});
