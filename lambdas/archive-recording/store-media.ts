import { RetryableError } from '../shared/domain/outcome.ts';
import type { ArchiveMismatch, ArchivedAudio, RecordingRecord } from '../shared/domain/recording-record.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { Recordings } from '../shared/ports/recordings.ts';
import type { Spool } from '../shared/ports/spool.ts';
import type { StreamFacts, StreamInspector } from '../shared/ports/stream-inspector.ts';
import { brokenOff, factsOf } from '../shared/steps/stream-facts.ts';
import { openSource } from './open-source.ts';
import type { SourceMedia } from './open-source.ts';

interface Needs {
  readonly archive: Archive;
  readonly recordings: Recordings;
  readonly spool: Spool;
  readonly inspector: StreamInspector;
  readonly now: () => Date;
}

export type StoredMedia =
  | { readonly kind: 'stored'; readonly audio: ArchivedAudio }
  | { readonly kind: 'differs'; readonly what: ArchiveMismatch; readonly why: string };

const contentType = 'audio/wav';

/**
 * Streams the media into the archive and hashes it on the way; S3 must have stored what passed by.
 *
 * Where an object lies under the key already, nothing is written: an earlier delivery's copy is recognised by its
 * length and both checksums, and anything else `differs`.
 */
export async function storeMedia(
  has: Needs,
  recording: RecordingRecord,
  key: string,
  media: SourceMedia,
): Promise<StoredMedia> {
  const { sizeBytes, wav } = media;
  const inspected = has.inspector.inspect(media.stream);
  const creating = has.archive.create({ key, contentType, sizeBytes, metadata: origin(recording) }, inspected.stream);
  const [created, passed] = await Promise.allSettled([
    creating.finally(() => void inspected.stream.destroy()),
    inspected.facts,
  ]);
  await media.close();
  if (created.status === 'rejected') throw created.reason;
  const sound = { key, contentType, channels: wav.channels, durationSeconds: wav.durationSeconds, storedAt: has.now() };
  if (created.value.kind === 'exists') return recogniseExisting(has, recording, sound);
  if (passed.status === 'rejected') throw brokenOff(`the media of ${recording.recordingSid}`, passed.reason);
  const { versionId, crc64Nvme } = created.value;
  if (crc64Nvme !== passed.value.crc64Nvme)
    return { kind: 'differs', what: 'hash', why: 'S3 stored bytes with another CRC64NVME than those that were sent' };
  return {
    kind: 'stored',
    audio: { ...sound, ...audioFacts(passed.value), ...(versionId !== undefined && { versionId }) },
  };
}

async function recogniseExisting(
  has: Needs,
  recording: RecordingRecord,
  sound: Omit<ArchivedAudio, 'sizeBytes' | 'sha256' | 'crc64Nvme'>,
): Promise<StoredMedia> {
  const existing = await has.archive.open(sound.key);
  if (existing === undefined)
    throw new RetryableError(`${sound.key} existed a moment ago and does not now`, { reason: 'archive-moved' });
  const there = await factsOf(has, existing.stream, sound.key);
  const source = await openSource(has, recording);
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
      why: `an object of ${there.sizeBytes} bytes with other contents lies under ${sound.key}`,
    };
  const { versionId } = existing;
  return { kind: 'stored', audio: { ...sound, ...audioFacts(there), ...(versionId !== undefined && { versionId }) } };
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
