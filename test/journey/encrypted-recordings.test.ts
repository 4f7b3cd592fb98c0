import { createPublicKey } from 'node:crypto';
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { archiveRecording, readArchiveRecordingMessage } from '../../lambdas/archive-recording/handler.ts';
import { done } from '../../lambdas/shared/domain/outcome.ts';
import type { RecordingSid } from '../../lambdas/shared/domain/sids.ts';
import type { EncryptionOrder } from '../../local/twilio/simulator.ts';
import { pemOf } from '../support/encryption/vectors.ts';
import { startTwilioToS3 } from '../support/journey/twilio-to-s3.ts';
import type { TwilioToS3 } from '../support/journey/twilio-to-s3.ts';
import { contextOf, startWorld } from '../unit/handlers/world.ts';

const publicKeySid = `CR${'1'.repeat(32)}`;
const publicKeyOf = (pem: string): string => createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
const order: EncryptionOrder = { publicKeySid, publicKey: publicKeyOf(pemOf('rsa-2048.pem')) };

/** Long enough that S3 has most of it before the tag comes. */
const durationSeconds = 120;
const soundBytes = 44 + durationSeconds * 32_000;

describe('an encrypted recording on its way from Twilio to S3', () => {
  let way: TwilioToS3;
  beforeEach(async () => {
    way = await startTwilioToS3();
  });
  afterEach(() => way.stop());

  function start(encryptedRecordings: 'decrypt' | 'keep-ciphertext') {
    const world = {
      ...startWorld(),
      ...way.adapters,
      encryptedRecordings,
    };
    world.keyRing.rotate({ keys: { [publicKeySid]: pemOf('rsa-2048.pem') } });
    return world;
  }

  const recorded = (how: Partial<EncryptionOrder> = {}, seconds = durationSeconds): RecordingSid =>
    way.twilio.voice.placeRecording({
      callSid: way.twilio.voice.startCall(),
      channels: 2,
      durationSeconds: seconds,
      encryption: { ...order, ...how },
    });

  const work = (world: ReturnType<typeof start>, recordingSid: RecordingSid, cause = 'm-0') => {
    const message = { v: 1, route: 'internal/archive-recording', recordingSid, foundBy: 'list', cause };
    return archiveRecording(world)(readArchiveRecordingMessage(JSON.stringify(message)), contextOf(cause));
  };

  const versionsOf = async (): Promise<readonly string[]> => {
    const { Versions = [] } = await way.s3.send(new ListObjectVersionsCommand({ Bucket: 'archive' }));
    const names = Versions.map(({ Key = '' }) => Key.replace(/^.*\//, ''));
    // What lies beside is written again with all that becomes known.
    return names.filter((name) => !name.endsWith('.json'));
  };

  it.each([
    ['the guide’s spelling, channels refused', { spelling: 'guide', wishForChannels: 'refused' }],
    ['the OpenAPI spelling, channels ignored', { spelling: 'openapi', wishForChannels: 'ignored' }],
  ] as const)('is archived as its sound: %s', async (_how, how) => {
    const world = start('decrypt');
    const sid = recorded(how);

    expect(await work(world, sid)).toEqual(done);

    const record = await world.ledger.readRecording(sid);
    expect(record?.archive).toMatchObject({
      state: 'verified',
      audio: { sizeBytes: soundBytes, sha256: await way.twilio.media.sha256(sid, 2), channels: 2, durationSeconds },
    });
    expect(await versionsOf()).toEqual([`${sid}.wav`]);
  });

  it('is archived as it is where it should stay encrypted, sixteen bytes longer than its sound', async () => {
    const world = start('keep-ciphertext');
    const sid = recorded();

    expect(await work(world, sid)).toEqual(done);

    const record = await world.ledger.readRecording(sid);
    expect(record?.archive).toMatchObject({
      state: 'verified',
      audio: { sizeBytes: soundBytes + 16, sha256: way.twilio.media.served(sid)?.sha256, channels: 2, durationSeconds },
    });
    expect(await versionsOf()).toEqual([`${sid}.wav.enc`]);
    const key = record?.archive.state === 'verified' ? record.archive.audio.key : '';
    const object = await way.s3.send(new GetObjectCommand({ Bucket: 'archive', Key: key }));
    expect(object.Metadata).toMatchObject({ 'public-key-sid': publicKeySid, iv: record?.source.encryption?.iv });
    await object.Body?.transformToByteArray();
  });

  it.each([
    ['decrypt', 'a bit of the sound is turned', 2_000_000],
    ['decrypt', 'a bit of the tag is turned', soundBytes + 15],
    ['keep-ciphertext', 'a bit of the sound is turned', 2_000_000],
    ['keep-ciphertext', 'a bit of the tag is turned', soundBytes + 15],
  ] as const)('never becomes an object, and is archived with the next try: %s, when %s', async (mode, _how, atByte) => {
    const world = start(mode);
    const sid = recorded();
    way.twilio.media.fault(sid, { kind: 'corrupted', atByte });

    await expect(work(world, sid)).rejects.toMatchObject({ name: 'RetryableError', reason: 'media-unfit' });
    expect(await versionsOf()).toEqual([]);

    expect(await work(world, sid, 'm-1')).toEqual(done);
    expect((await world.ledger.readRecording(sid))?.archive.state).toBe('verified');
  });

  it('that breaks off is taken for broken off, not for another recording', async () => {
    const world = start('decrypt');
    const sid = recorded();
    way.twilio.media.fault(sid, { kind: 'reset', afterBytes: 2_000_000 });

    await expect(work(world, sid)).rejects.toMatchObject({ name: 'RetryableError' });
    expect(await versionsOf()).toEqual([]);
    expect(world.measures).toEqual([]);
  });

  it('without the key is sealed, and archived as sound from there once the key came and Twilio has it no more', async () => {
    const world = start('decrypt');
    const sid = recorded({ publicKeySid: `CR${'2'.repeat(32)}` });
    await work(world, sid);
    expect((await world.ledger.readRecording(sid))?.archive.state).toBe('sealed');
    const truth = await way.twilio.media.sha256(sid, 2);
    way.twilio.voice.deleteRecording(sid);
    world.keyRing.rotate({ keys: { [`CR${'2'.repeat(32)}`]: pemOf('rsa-2048.pem') } });

    expect(await work(world, sid, 'm-1')).toEqual(done);

    expect((await world.ledger.readRecording(sid))?.archive).toMatchObject({
      state: 'verified',
      audio: { sha256: truth, sizeBytes: soundBytes },
    });
  });
});
