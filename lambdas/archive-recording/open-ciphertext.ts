import type { ArchivedAudio, RecordingRecord } from '../shared/domain/recording-record.ts';
import { readWavHeader, wavHeadBytes } from '../shared/domain/wav.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { OpenedMedia, Recordings } from '../shared/ports/recordings.ts';
import type { Spool } from '../shared/ports/spool.ts';
import { decryptHead, decrypting, tagBytes, testDecrypting } from '../shared/steps/decrypting.ts';
import type { MediaKey } from '../shared/steps/decrypting.ts';
import { disagreement, unfit } from './judge-sound.ts';
import { also, bytesOf, withHead } from './source-media.ts';
import type { OpenedBytes, OpenedSource } from './source-media.ts';

export interface CiphertextNeeds {
  readonly recordings: Recordings;
  readonly archive: Archive;
  readonly spool: Spool;
  readonly meter: Meter;
}

/**
 * Opens an encrypted recording with its own key, as sound or as the ciphertext that it is: either way the end of it comes
 * only after its tag was found right, and its header was looked at before.
 *
 * @throws {RetryableError} `media-unfit` when what is in it is no WAV of the length, channels and duration it should have.
 */
export async function openWithKey(
  has: CiphertextNeeds,
  recording: RecordingRecord,
  key: MediaKey,
  gives: 'sound' | 'ciphertext',
): Promise<OpenedSource> {
  const opened = await openCiphertext(has, recording);
  if (opened === undefined) return { kind: 'not-there' };
  const { head, bytes } = await withHead(recording, opened, wavHeadBytes);
  const soundBytes = Math.max(0, bytes.sizeBytes - tagBytes);
  const wav = readWavHeader(decryptHead(key, head, bytes.sizeBytes), soundBytes);
  const fault = wav.kind === 'not-wav' ? wav.why : disagreement(wav.facts, recording)?.why;
  if (wav.kind === 'not-wav' || fault !== undefined) {
    await bytes.close();
    throw unfitCiphertext(has, recording, `decrypted, ${fault ?? 'its header cannot be read'}`);
  }
  const { channels, durationSeconds } = wav.facts;
  const proved = gives === 'sound' ? decrypting(key, bytes.stream) : testDecrypting(key, bytes.stream);
  const sizeBytes = gives === 'sound' ? soundBytes : bytes.sizeBytes;
  return { kind: 'media', media: { sizeBytes, ...also(bytes, proved), channels, durationSeconds } };
}

/**
 * Opens an encrypted recording of which nobody has the key: whatever it holds, it is kept as it is.
 *
 * @throws {RetryableError} `media-unfit` when it is too short to hold anything.
 */
export async function openUnread(has: CiphertextNeeds, recording: RecordingRecord): Promise<OpenedSource> {
  const opened = await openCiphertext(has, recording);
  if (opened === undefined) return { kind: 'not-there' };
  if (opened.sizeBytes <= tagBytes) {
    await opened.close();
    throw unfitCiphertext(has, recording, `its ${opened.sizeBytes} bytes are not more than a tag`);
  }
  return { kind: 'media', media: { ...opened, channels: 0, durationSeconds: 0 } };
}

/** A wrong tag, or what cannot be a recording: nothing of it is archived, and somebody should know. */
export function unfitCiphertext(has: { readonly meter: Meter }, recording: RecordingRecord, why: string): Error {
  has.meter.measure({ outcome: 'unfit', name: 'encryptedRecordings', unit: 'Count', value: 1 });
  return unfit(recording, why);
}

/** From Twilio; once it is gone there, from the archive, where it was stored while nobody had the key. */
async function openCiphertext(has: CiphertextNeeds, recording: RecordingRecord): Promise<OpenedBytes | undefined> {
  const opened = await openAtTwilio(has.recordings, recording);
  if (opened.kind !== 'not-there') return bytesOf(has, recording, opened);
  const kept = keptCiphertext(recording);
  const found = kept && (await has.archive.open(kept.key, kept.versionId));
  if (found === undefined) return undefined;
  const { stream, sizeBytes } = found;
  return { stream, sizeBytes, close: async () => void stream.destroy() };
}

function keptCiphertext({ archive }: RecordingRecord): ArchivedAudio | undefined {
  const audio = archive.state === 'sealed' || archive.state === 'stored' ? archive.audio : undefined;
  return audio?.encryption === undefined ? undefined : audio;
}

/** Whether Twilio can give channels of what it cannot read is said nowhere: asked for first, and done without. */
async function openAtTwilio(
  recordings: Recordings,
  { accountSid, recordingSid }: RecordingRecord,
): Promise<OpenedMedia> {
  const both = await recordings.openCiphertext(accountSid, recordingSid, 2);
  return both.kind === 'media' ? both : recordings.openCiphertext(accountSid, recordingSid);
}
