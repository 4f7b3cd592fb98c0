import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ArchivedAudio } from '../../../lambdas/shared/domain/recording-record.ts';
import { readCopyAgain } from '../../../lambdas/shared/steps/read-copy-again.ts';
import { recordingKeys } from '../../../lambdas/shared/adapters/secrets/recording-keys.ts';
import { streamInspector } from '../../../lambdas/shared/adapters/streams/inspect-stream.ts';
import { inMemoryArchive } from '../../support/fakes/in-memory-archive.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { wavBytes } from '../../support/wav-bytes.ts';

const key = 'RE1.wav';
const sound = wavBytes({ channels: 2, seconds: 1 });

/** An archive that holds these bytes, and what the record of a copy of them says. */
async function stored(bytes: Buffer) {
  const archive = inMemoryArchive();
  const object = { key, contentType: 'audio/wav', sizeBytes: bytes.length, metadata: {} };
  const created = await archive.create(object, Readable.from([bytes], { objectMode: false }));
  if (created.kind !== 'stored') throw new Error('the example object was not stored');
  const { kind: _stored, ...version } = created;
  const audio: ArchivedAudio = {
    ...{ key, contentType: 'audio/wav', sizeBytes: bytes.length, channels: 2, durationSeconds: 1, ...version },
    sha256: createHash('sha256').update(bytes).digest('hex'),
    storedAt: new Date('2026-03-02T10:00:00Z'),
  };
  return { has: { archive, inspector: streamInspector, keys: recordingKeys(memorySecret({})) }, audio };
}

describe('a stored copy, read again', () => {
  it('is proved when it is what was streamed', async () => {
    const { has, audio } = await stored(sound);

    expect(await readCopyAgain(has, audio)).toEqual({ kind: 'proved' });
  });

  it.each([
    ['its version is not there', { versionId: 'v9' }, 'missing'],
    ['it has another length', { sizeBytes: 1 }, 'size'],
    ['it has another SHA-256', { sha256: 'f'.repeat(64) }, 'hash'],
    ['S3 counted another checksum', { crc64Nvme: 'AAAAAAAAAAA=' }, 'hash'],
    ['it has other channels', { channels: 1 }, 'channels'],
  ])('differs when %s', async (_how, change, what) => {
    const { has, audio } = await stored(sound);

    expect(await readCopyAgain(has, { ...audio, ...change })).toMatchObject({ kind: 'differs', what });
  });

  it('differs when it is no sound, though its bytes are those that were streamed', async () => {
    const { has, audio } = await stored(Buffer.from('<html>not found</html>'));

    expect(await readCopyAgain(has, audio)).toMatchObject({ kind: 'differs', what: 'header' });
  });

  it('is not judged by half of it: a stream that breaks is read again later', async () => {
    const { has, audio } = await stored(sound);
    const broken = Readable.from(
      (function* () {
        yield sound.subarray(0, 100);
        throw new Error('reset');
      })(),
    );
    const open = async () => ({ stream: broken, sizeBytes: sound.length, metadata: {} });

    await expect(readCopyAgain({ ...has, archive: { open } }, audio)).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'stream-broken',
    });
  });
});
