// Long because each mode, each key's fate and each broken ciphertext is one test.
import { createHash } from 'node:crypto';
import { archiveRecording, readArchiveRecordingMessage } from '../../../lambdas/archive-recording/handler.ts';
import type { ArchiveRecordingNeeds } from '../../../lambdas/archive-recording/handler.ts';
import { done } from '../../../lambdas/shared/domain/outcome.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import { applyEvent } from '../../../lambdas/shared/domain/recording-events.ts';
import { applyArchive } from '../../../lambdas/shared/domain/recording-life.ts';
import { recordingLabel } from '../../../lambdas/shared/domain/recording-label.ts';
import type { RecordingResource } from '../../../lambdas/shared/ports/recordings.ts';
import { brokenVectors, ciphertextOf, envelopeOf, pemOf, vectorNamed } from '../../support/encryption/vectors.ts';
import { examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import type { HeldMedia } from '../../support/fakes/in-memory-recordings.ts';
import { wavBytes } from '../../support/wav-bytes.ts';
import { at, contextOf, startWorld } from './world.ts';
import type { World } from './world.ts';

const key = `${sids.account()}/2026/03/02/${sids.recording()}.wav`;
const sealedKey = `${key}.enc`;
const sidecar = `${sids.account()}/2026/03/02/${sids.recording()}.json`;

const mono = vectorNamed('mono-2048');
const stereo = vectorNamed('stereo-4096');
type Vector = typeof mono;

const sha256 = (bytes: Buffer | undefined): string =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');

/** Twilio has the vector's recording, complete. */
function twilioHas(world: World, vector: Vector, facts: Partial<RecordingResource> = {}, media?: HeldMedia): void {
  const resource: RecordingResource = {
    recordingSid: sids.recording(),
    accountSid: sids.account(),
    status: 'completed',
    startedAt: at('09:59:50'),
    durationSeconds: vector.sound.durationSeconds,
    channels: vector.sound.channels,
    origin: 'Conference',
    conferenceSid: sids.conference(),
    encryption: envelopeOf(vector),
    ...facts,
  };
  const ciphertext = ciphertextOf(vector);
  world.recordings.put(resource, media ?? { mono: ciphertext });
}

/** The ring has the private keys of these vectors from its next fresh reading on. */
const ringGets = (
  world: World,
  ...vectors: readonly Pick<Vector, 'key' | 'encryptionDetails' | 'name' | 'file'>[]
): void =>
  world.keyRing.rotate({
    keys: Object.fromEntries(vectors.map((vector) => [envelopeOf(vector).publicKeySid, pemOf(vector.key)])),
  });

function work(world: ArchiveRecordingNeeds, cause = 'm-0'): Promise<Outcome> {
  const body = { v: 1, route: 'internal/archive-recording', recordingSid: sids.recording(), foundBy: 'list', cause };
  return archiveRecording(world)(readArchiveRecordingMessage(JSON.stringify(body)), contextOf(cause));
}

const keeping = (world: World): ArchiveRecordingNeeds => ({ ...world, encryptedRecordings: 'keep-ciphertext' });
const counted = (world: World, outcome: string): number =>
  world.measures.filter((one) => one.name === 'encryptedRecordings' && one.outcome === outcome).length;

describe('an encrypted recording whose key is in the ring', () => {
  it.each([mono, stereo])('is archived as the sound that was encrypted, and verified: $name', async (vector) => {
    const world = startWorld();
    twilioHas(world, vector);
    ringGets(world, vector);

    expect(await work(world)).toEqual(done);

    const { sizeBytes, sha256: hash, channels, durationSeconds } = vector.sound;
    expect(sha256(world.archive.bytesOf(key))).toBe(hash);
    const { archive } = await world.recording();
    const audio = { key, contentType: 'audio/wav', sizeBytes, sha256: hash, channels, durationSeconds };
    expect(archive).toMatchObject({ state: 'verified', audio });
    expect(archive).not.toHaveProperty('audio.encryption');
    expect(world.archive.keys()).toEqual([sidecar, key]);
    expect(counted(world, 'decrypted')).toBe(1);
  });

  it('is asked for in two channels, and as it is when Twilio refuses that', async () => {
    const world = startWorld();
    twilioHas(world, mono);
    ringGets(world, mono);

    await work(world);

    const recordingSid = sids.recording();
    const reading = [
      { recordingSid, channels: 2 },
      { recordingSid, channels: 'as-it-is' },
    ];
    expect(world.recordings.mediaRequests).toEqual([...reading, ...reading]);
  });

  it('is taken in two channels where Twilio gives them', async () => {
    const world = startWorld();
    twilioHas(world, stereo, {}, { mono: Buffer.alloc(99), stereo: ciphertextOf(stereo) });
    ringGets(world, stereo);

    expect(await work(world)).toEqual(done);
    expect(sha256(world.archive.bytesOf(key))).toBe(stereo.sound.sha256);
  });

  it('comes without a length, and has that of the first reading', async () => {
    const world = startWorld();
    twilioHas(world, mono, {}, { mono: ciphertextOf(mono), withoutLength: true });
    ringGets(world, mono);

    expect(await work(world)).toEqual(done);
    expect(sha256(world.archive.bytesOf(key))).toBe(mono.sound.sha256);
  });

  it('is recognised where an earlier delivery archived it already', async () => {
    const world = startWorld();
    twilioHas(world, mono);
    ringGets(world, mono);
    await work(world);
    const copy = world.archive.bytesOf(key);
    const again = startWorld();
    twilioHas(again, mono);
    ringGets(again, mono);
    again.archive.putAnyway(key, copy ?? Buffer.alloc(0));

    expect(await work(again)).toEqual(done);
    expect((await again.recording()).archive).toMatchObject({ state: 'verified', audio: { versionId: 'v1' } });
  });

  it.each([
    ['has fewer channels', { channels: 2 }, 'it has 1 channel(s), the Recording resource says 2'],
    ['is shorter', { durationSeconds: 9 }, 'it lasts 1.0 s, the Recording resource says 9 s'],
  ])('is not archived when it %s than the resource says', async (_what, facts, why) => {
    const world = startWorld();
    twilioHas(world, mono, facts);
    ringGets(world, mono);

    await expect(work(world)).rejects.toMatchObject({ reason: 'media-unfit', message: expect.stringContaining(why) });
    expect(world.archive.keys()).toEqual([]);
    expect(counted(world, 'unfit')).toBe(1);
  });
});

describe('a ciphertext that is not what Twilio encrypted', () => {
  it.each(
    brokenVectors.flatMap((vector) => [
      { vector, name: vector.name, mode: 'decrypt' as const },
      { vector, name: vector.name, mode: 'keep-ciphertext' as const },
    ]),
  )('is never archived, and tried again: $name, $mode', async ({ vector, mode }) => {
    const world = startWorld();
    const tiny = vectorNamed('tiny-2048');
    twilioHas(world, tiny, { encryption: envelopeOf(vector) }, { mono: ciphertextOf(vector) });
    ringGets(world, vector);

    await expect(work({ ...world, encryptedRecordings: mode })).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'media-unfit',
    });
    expect(world.archive.keys()).toEqual([]);
    expect((await world.recording()).archive).toEqual({ state: 'none' });
    expect(counted(world, 'unfit')).toBe(1);

    twilioHas(world, tiny);
    expect(await work({ ...world, encryptedRecordings: mode }, 'm-1')).toEqual(done);
    expect((await world.recording()).archive.state).toBe('verified');
  });
});

describe('an encrypted recording that is to stay encrypted', () => {
  it('is archived as it came with its envelope, and verified by decrypting it', async () => {
    const world = startWorld();
    twilioHas(world, stereo);
    ringGets(world, stereo);

    expect(await work(keeping(world))).toEqual(done);

    expect(world.archive.keys()).toEqual([sidecar, sealedKey]);
    expect(world.archive.bytesOf(sealedKey)?.equals(ciphertextOf(stereo))).toBe(true);
    expect((await world.recording()).archive).toMatchObject({
      state: 'verified',
      audio: {
        key: sealedKey,
        contentType: 'application/octet-stream',
        sizeBytes: 64_060,
        sha256: sha256(ciphertextOf(stereo)),
        channels: 2,
        durationSeconds: 2,
        encryption: envelopeOf(stereo),
      },
    });
    const { publicKeySid, encryptedCek, iv } = envelopeOf(stereo);
    expect((await world.archive.open(sealedKey))?.metadata).toMatchObject({
      'public-key-sid': publicKeySid,
      'encrypted-cek': encryptedCek,
      iv,
    });
    expect(JSON.parse(world.archive.textOf(sidecar) ?? '{}')).toMatchObject({
      audio: { encryption: { publicKeySid, encryptedCek, iv } },
    });
  });
});

describe('an encrypted recording to which nobody has the key', () => {
  it.each([
    ['decrypt', (world: World): ArchiveRecordingNeeds => world],
    ['keep-ciphertext', keeping],
  ])('is kept as ciphertext, sealed, and looked at a day later: %s', async (_mode, on) => {
    const world = startWorld();
    twilioHas(world, stereo);

    expect(await work(on(world))).toEqual(done);

    expect(world.archive.bytesOf(sealedKey)?.equals(ciphertextOf(stereo))).toBe(true);
    const record = await world.recording();
    expect(record.archive).toMatchObject({
      state: 'sealed',
      sealedAt: at('10:00:00'),
      audio: { key: sealedKey, sizeBytes: 64_060, channels: 0, encryption: envelopeOf(stereo) },
    });
    expect(record.dueAt).toEqual(new Date('2026-03-03T10:00:00Z'));
    expect(recordingLabel(record)).toBe('stuck');
    expect(counted(world, 'sealed')).toBe(1);
    expect(await world.ledger.timelineOf(sids.recording())).toContainEqual(
      expect.objectContaining({
        what: 'archive sealed',
        after: `sealed: no private key for ${envelopeOf(stereo).publicKeySid} is in the ring`,
      }),
    );
    expect(JSON.parse(world.archive.textOf(sidecar) ?? '{}')).toMatchObject({ audio: { key: sealedKey } });
  });

  it('is kept so too when the private key that we have is another one', async () => {
    const world = startWorld();
    twilioHas(world, mono);
    world.keyRing.rotate({ keys: { [envelopeOf(mono).publicKeySid]: pemOf('stranger.pem') } });

    expect(await work(world)).toEqual(done);
    expect((await world.recording()).archive).toMatchObject({ state: 'sealed', audio: { key: sealedKey } });
  });

  it('refuses the deletion of its source', async () => {
    const world = { ...startWorld(), policy: examplePolicy({}) };
    twilioHas(world, stereo);

    await work(world);

    expect((await world.recording()).refusals).toContain('archive-sealed');
    expect(world.queues.sentTo('internal/delete-source')).toEqual([]);
  });

  it('is told to S3 when a hold is placed on it, and not only when the key is looked for', async () => {
    const world = startWorld();
    twilioHas(world, stereo);
    await work(world);
    world.setClock('11:00:00');
    const hold = { matter: 'A', placedBy: 'Ada Example', why: 'a claim', placedAt: at('10:30:00') };
    await world.ledger.saveRecording(applyEvent(await world.recording(), { kind: 'hold-placed', hold }));
    expect((await world.recording()).dueAt).toEqual(at('10:30:00'));

    await work(world, 'm-1');

    expect((await world.recording()).dueAt).toEqual(new Date('2026-03-03T11:00:00Z'));
    expect(world.archive.versions.of(sealedKey)[0]?.isHeld).toBe(true);
  });

  it('is neither fetched nor stored nor told anew while the key has not come, and rings each day', async () => {
    const world = startWorld();
    twilioHas(world, stereo);
    await work(world);
    const before = await world.recording();
    world.setClock('22:00:00');
    world.recordings.failNext('openCiphertext', new Error('Twilio was asked'));
    world.archive.failNext('create', new Error('S3 was written'));

    expect(await work(world, 'm-1')).toEqual(done);

    const after = await world.recording();
    expect(after.archive).toEqual(before.archive);
    expect(after.dueAt).toEqual(new Date('2026-03-03T22:00:00Z'));
    expect(counted(world, 'sealed')).toBe(2);
  });
});

describe('a sealed recording whose key has come', () => {
  it.each([
    ['from Twilio', () => undefined],
    ['from the archive when Twilio has it no more', (world: World) => world.recordings.remove(sids.recording())],
  ])('is archived as sound %s', async (_from, meanwhile) => {
    const world = startWorld();
    twilioHas(world, stereo);
    await work(world);
    meanwhile(world);
    ringGets(world, stereo);

    expect(await work(world, 'm-1')).toEqual(done);

    expect(sha256(world.archive.bytesOf(key))).toBe(stereo.sound.sha256);
    const record = await world.recording();
    expect(record.archive).toMatchObject({ state: 'verified', audio: { key, channels: 2, durationSeconds: 2 } });
    expect(record.archive).not.toHaveProperty('audio.encryption');
    expect(record.dueAt).toBeUndefined();
    expect(JSON.parse(world.archive.textOf(sidecar) ?? '{}')).toMatchObject({ audio: { key } });
    // The ciphertext stays: nothing is taken out of the archive because something better came.
    expect(world.archive.keys()).toEqual([sidecar, key, sealedKey]);
  });

  it('stays ciphertext where that is wanted, and is proved without being stored again', async () => {
    const world = startWorld();
    twilioHas(world, stereo);
    await work(keeping(world));
    ringGets(world, stereo);
    world.archive.failNext('create', new Error('S3 was written'));

    expect(await work(keeping(world), 'm-1')).toEqual(done);
    expect((await world.recording()).archive).toMatchObject({
      state: 'verified',
      audio: { key: sealedKey, channels: 2, durationSeconds: 2, encryption: envelopeOf(stereo) },
    });
  });

  it('is no copy of what Twilio describes when there are fewer channels in it', async () => {
    const world = startWorld();
    twilioHas(world, mono, { channels: 2 });
    await work(keeping(world));
    ringGets(world, mono);

    await expect(work(keeping(world), 'm-1')).rejects.toMatchObject({ reason: 'archive-mismatched' });
    expect((await world.recording()).archive).toMatchObject({ state: 'mismatched', what: 'channels' });
  });

  it('is sealed after all when whoever stored it was killed before it said so', async () => {
    const world = startWorld();
    twilioHas(world, stereo);
    await work(world);
    const sealed = await world.recording();
    if (sealed.archive.state !== 'sealed') throw new Error('it should be sealed');
    const { audio } = sealed.archive;
    await world.ledger.saveRecording(applyArchive(sealed, { state: 'stored', audio }));

    expect(await work(world, 'm-1')).toEqual(done);
    expect((await world.recording()).archive).toMatchObject({ state: 'sealed', audio: { key: sealedKey } });
  });
});

describe('a recording that is not encrypted', () => {
  it('needs no keys, and nobody asks for them', async () => {
    const world = startWorld();
    const resource = { recordingSid: sids.recording(), accountSid: sids.account(), status: 'completed' } as const;
    const facts = { startedAt: at('09:59:50'), durationSeconds: 3, channels: 1 };
    world.recordings.put({ ...resource, ...facts }, { mono: wavBytes({ channels: 1, seconds: 3 }) });
    const open = async () => Promise.reject(new Error('the keys were asked for'));

    expect(await work({ ...world, keys: { open } })).toEqual(done);
    expect((await world.recording()).archive.state).toBe('verified');
  });
});
