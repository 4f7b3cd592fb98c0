import { Readable } from 'node:stream';
import { done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import { ciphertextOf, envelopeOf, pemOf, vectorNamed } from '../../support/encryption/vectors.ts';
import { changeElsewhere, deliver, key, startDeletion, timeline } from './delete-source-world.ts';
import type { Deletion } from './delete-source-world.ts';
import { at } from './world.ts';
import { sids } from '../../support/example-sids.ts';

const vector = vectorNamed('stereo-4096');
const publicKeySid = envelopeOf(vector).publicKeySid;
const sealedKey = `${key}.enc`;
// By sha256sum.
const sha256OfCiphertext = 'bb67bab83ad745071a2a229ad137fe4c476716deedf662bfae30dcc4532df567';

/** A deletion in which every rule holds on paper, of a recording whose verified copy is ciphertext. */
async function startWithCiphertext(): Promise<Deletion> {
  const deletion = await startDeletion();
  const { archive, recordings } = deletion;
  const bytes = ciphertextOf(vector);
  const object = { key: sealedKey, contentType: 'application/octet-stream', sizeBytes: bytes.length, metadata: {} };
  const stored = await archive.create(object, Readable.from([bytes], { objectMode: false }));
  if (stored.kind !== 'stored' || stored.versionId === undefined) throw new Error('the ciphertext was not stored');
  const { versionId, crc64Nvme } = stored;
  const source = { status: 'completed', startedAt: at('10:00:05'), durationSeconds: 2, channels: 2 } as const;
  recordings.put({ recordingSid: sids.recording(), accountSid: sids.account(), ...source }, { mono: bytes });
  await changeElsewhere(deletion, (before) => ({
    ...before,
    source: { ...before.source, ...source, encryption: envelopeOf(vector) },
    archive: {
      state: 'verified',
      verifiedAt: at('10:02:10'),
      audio: {
        ...{ key: sealedKey, versionId, crc64Nvme, sizeBytes: bytes.length, contentType: object.contentType },
        ...{ channels: 2, durationSeconds: 2, storedAt: at('10:02:05'), encryption: envelopeOf(vector) },
        sha256: sha256OfCiphertext,
      },
    },
  }));
  return deletion;
}

describe('the source of a recording whose copy is ciphertext', () => {
  it('is deleted when the copy opens with the key in the ring', async () => {
    const deletion = await startWithCiphertext();
    deletion.keyRing.rotate({ keys: { [publicKeySid]: pemOf(vector.key) } });

    expect(await deliver(deletion.has)).toEqual(done);
    expect(deletion.recordings.deletionRequests).toEqual([sids.recording()]);
    expect(deletion.archive.opened).toContain(sealedKey);
  });

  it.each([
    ['the ring has lost its key', undefined],
    ['the key in the ring is another one', { [publicKeySid]: pemOf('stranger.pem') }],
  ])('stays while %s, and its copy is not doubted for that', async (_what, keys) => {
    const deletion = await startWithCiphertext();
    if (keys !== undefined) deletion.keyRing.rotate({ keys });

    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));

    expect(deletion.recordings.deletionRequests).toEqual([]);
    const record = await deletion.recording();
    expect(record).toMatchObject({ archive: { state: 'verified' }, refusals: ['archive-sealed'] });
    expect(record.reviewAt).toEqual(new Date('2026-03-03T12:00:00Z'));
    expect((await timeline(deletion)).join('\n')).toContain('archive-sealed');
  });

  it('stays when the copy is not what it was, and the copy is doubted', async () => {
    const deletion = await startWithCiphertext();
    deletion.keyRing.rotate({ keys: { [publicKeySid]: pemOf(vector.key) } });
    const { archive } = await deletion.recording();
    const turned = ciphertextOf(vector);
    turned.writeUInt8(turned.readUInt8(30_000) ^ 1, 30_000);
    if (archive.state !== 'verified') throw new Error('it should be verified');
    deletion.archive.spoil(sealedKey, archive.audio.versionId ?? '', turned);

    expect(await deliver(deletion.has)).toEqual(ignored('deletion-refused'));
    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect((await deletion.recording()).archive).toMatchObject({ state: 'mismatched', what: 'hash' });
  });
});
