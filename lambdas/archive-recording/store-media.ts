import { RetryableError } from '../shared/domain/outcome.ts';
import type {
  ArchiveMismatch,
  ArchivedAudio,
  RecordingEncryption,
  RecordingRecord,
} from '../shared/domain/recording-record.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { StreamFacts, StreamInspector } from '../shared/ports/stream-inspector.ts';
import { WrongTagError } from '../shared/steps/decrypting.ts';
import { brokenOff, factsOf } from '../shared/steps/stream-facts.ts';
import { unfitCiphertext } from './open-ciphertext.ts';
import type { SourceMedia } from './source-media.ts';
import type { WayToStore } from './way-to-store.ts';

interface Needs {
  readonly archive: Archive;
  readonly inspector: StreamInspector;
  readonly meter: Meter;
  readonly now: () => Date;
}

export type StoredMedia =
  | { readonly kind: 'stored'; readonly audio: ArchivedAudio }
  | { readonly kind: 'differs'; readonly what: ArchiveMismatch; readonly why: string };

/**
 * Streams the media into the archive and hashes it on the way; S3 must have stored what passed by.
 *
 * Where an object lies under the key already, nothing is written: an earlier delivery's copy is recognised by its
 * length and both checksums, and anything else `differs`.
 *
 * @throws {RetryableError} `media-unfit` when a tag does not hold: then nothing lies under the key.
 */
export async function storeMedia(
  has: Needs,
  recording: RecordingRecord,
  way: WayToStore,
  media: SourceMedia,
): Promise<StoredMedia> {
  const { key, contentType, encryption } = way;
  const { sizeBytes, channels, durationSeconds } = media;
  const inspected = has.inspector.inspect(media.stream);
  const object = { key, contentType, sizeBytes, metadata: { ...origin(recording), ...envelope(encryption) } };
  const creating = has.archive.create(object, inspected.stream);
  const [created, passed] = await Promise.allSettled([
    creating.finally(() => void inspected.stream.destroy()),
    inspected.facts,
  ]);
  await media.close();
  if (passed.status === 'rejected' && passed.reason instanceof WrongTagError)
    throw unfitCiphertext(has, recording, passed.reason.message);
  if (created.status === 'rejected') throw created.reason;
  const sound = { channels, durationSeconds, storedAt: has.now(), ...(encryption !== undefined && { encryption }) };
  const described = { key, contentType, ...sound };
  if (created.value.kind === 'exists') return recogniseExisting(has, recording, way, described);
  if (passed.status === 'rejected') throw brokenOff(`the media of ${recording.recordingSid}`, passed.reason);
  const { versionId, crc64Nvme } = created.value;
  if (crc64Nvme !== passed.value.crc64Nvme)
    return { kind: 'differs', what: 'hash', why: 'S3 stored bytes with another CRC64NVME than those that were sent' };
  return {
    kind: 'stored',
    audio: { ...described, ...audioFacts(passed.value), ...(versionId !== undefined && { versionId }) },
  };
}

async function recogniseExisting(
  has: Needs,
  recording: RecordingRecord,
  way: WayToStore,
  described: Omit<ArchivedAudio, 'sizeBytes' | 'sha256' | 'crc64Nvme'>,
): Promise<StoredMedia> {
  const existing = await has.archive.open(described.key);
  if (existing === undefined)
    throw new RetryableError(`${described.key} existed a moment ago and does not now`, { reason: 'archive-moved' });
  const there = await factsOf(has, existing.stream, described.key);
  const source = await way.open();
  if (source.kind === 'not-there')
    throw new RetryableError(`the media of ${recording.recordingSid} went while it was compared`, {
      reason: 'media-not-there-yet',
    });
  const wanted = await factsOf(has, source.media.stream, `the media of ${recording.recordingSid}`).finally(
    source.media.close,
  );
  const isSame =
    there.sizeBytes === wanted.sizeBytes && there.sha256 === wanted.sha256 && there.crc64Nvme === wanted.crc64Nvme;
  if (!isSame)
    return {
      kind: 'differs',
      what: there.sizeBytes === wanted.sizeBytes ? 'hash' : 'size',
      why: `an object of ${there.sizeBytes} bytes with other contents lies under ${described.key}`,
    };
  const { versionId } = existing;
  return {
    kind: 'stored',
    audio: { ...described, ...audioFacts(there), ...(versionId !== undefined && { versionId }) },
  };
}

function audioFacts({
  sizeBytes,
  sha256,
  crc64Nvme,
}: StreamFacts): Pick<ArchivedAudio, 'sizeBytes' | 'sha256' | 'crc64Nvme'> {
  return { sizeBytes, sha256, crc64Nvme };
}

/** So that the object can find its way home. */
function origin(recording: RecordingRecord): Readonly<Record<string, string>> {
  const { callSid, conferenceSid } = recording.source;
  return {
    'account-sid': recording.accountSid,
    'recording-sid': recording.recordingSid,
    ...(callSid !== undefined && { 'call-sid': callSid }),
    ...(conferenceSid !== undefined && { 'conference-sid': conferenceSid }),
  };
}

/** So that whoever has the private key can read the object, with nothing of ours at hand. */
function envelope(encryption: RecordingEncryption | undefined): Readonly<Record<string, string>> {
  if (encryption === undefined) return {};
  const { publicKeySid, encryptedCek, iv } = encryption;
  return { 'public-key-sid': publicKeySid, 'encrypted-cek': encryptedCek, iv };
}
