import type {
  ArchiveMismatch,
  ArchivedAudio,
  RecordingEncryption,
  RecordingRecord,
} from '../shared/domain/recording-record.ts';
import { RetryableError } from '../shared/domain/outcome.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { StreamInspector } from '../shared/ports/stream-inspector.ts';
import { brokenOff, factsOf } from '../shared/steps/stream-facts.ts';
import { ReadingsDifferError, heldBack } from './held-back.ts';
import { unfit } from './judge-sound.ts';
import { readingFailure } from './read-first.ts';
import type { FirstReading } from './read-first.ts';
import type { WayToStore } from './way-to-store.ts';

interface Needs {
  readonly archive: Archive;
  readonly inspector: StreamInspector;
  readonly meter: Meter;
  readonly now: () => Date;
}

export type StoredMedia =
  | { readonly kind: 'stored'; readonly audio: ArchivedAudio }
  | { readonly kind: 'differs'; readonly what: ArchiveMismatch; readonly why: string }
  | { readonly kind: 'not-there' };

/**
 * Reads the source a second time, into the archive: an object comes about only if it is what was read first, and S3 must
 * have stored what passed by.
 *
 * Where an object lies under the key already, nothing is written: an earlier delivery's copy is recognised by its
 * length and both checksums, and anything else `differs`.
 *
 * @throws {RetryableError} `media-unfit` when the readings differ, or a tag does not hold: then nothing lies under the key.
 */
export async function storeMedia(
  has: Needs,
  recording: RecordingRecord,
  way: WayToStore,
  first: FirstReading,
): Promise<StoredMedia> {
  const { key, contentType, encryption } = way;
  const second = await way.open();
  if (second.kind === 'not-there') return second;
  const inspected = has.inspector.inspect(second.stream);
  const body = heldBack(inspected, first);
  const object = {
    key,
    contentType,
    sizeBytes: first.sizeBytes,
    metadata: { ...origin(recording), ...envelope(encryption) },
  };
  const failed = new Promise<unknown>((resolve) => body.once('error', resolve).once('close', () => resolve(undefined)));
  const letGo = (): void => {
    body.destroy();
    inspected.stream.destroy();
  };
  const [created] = await Promise.allSettled([has.archive.create(object, body).finally(letGo)]);
  if (created.status === 'rejected') throw whyNotStored(has, recording, created.reason, await failed);
  const described = {
    key,
    contentType,
    ...first,
    storedAt: has.now(),
    ...(encryption !== undefined && { encryption }),
  };
  if (created.value.kind === 'exists') return recogniseExisting(has, described);
  const { versionId, crc64Nvme } = created.value;
  if (crc64Nvme !== first.crc64Nvme)
    return { kind: 'differs', what: 'hash', why: 'S3 stored bytes with another CRC64NVME than those that were sent' };
  return { kind: 'stored', audio: { ...described, ...(versionId !== undefined && { versionId }) } };
}

/** The source's own fault says more than the upload that broke by it. */
function whyNotStored(has: Needs, recording: RecordingRecord, reason: unknown, fault: unknown): unknown {
  if (fault === undefined) return reason;
  if (fault instanceof ReadingsDifferError) return unfit(recording, fault.message, fault);
  return readingFailure(has, recording, brokenOff(`the media of ${recording.recordingSid}`, fault));
}

async function recogniseExisting(has: Needs, described: Omit<ArchivedAudio, 'versionId'>): Promise<StoredMedia> {
  const { key, sizeBytes, sha256, crc64Nvme } = described;
  const existing = await has.archive.open(key);
  if (existing === undefined)
    throw new RetryableError(`${key} existed a moment ago and does not now`, { reason: 'archive-moved' });
  const there = await factsOf(has, existing.stream, key);
  if (there.sizeBytes !== sizeBytes || there.sha256 !== sha256 || there.crc64Nvme !== crc64Nvme)
    return {
      kind: 'differs',
      what: there.sizeBytes === sizeBytes ? 'hash' : 'size',
      why: `an object of ${there.sizeBytes} bytes with other contents lies under ${key}`,
    };
  const { versionId } = existing;
  return { kind: 'stored', audio: { ...described, ...(versionId !== undefined && { versionId }) } };
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
