import type { ArchivedAudio, RecordingRecord } from '../shared/domain/recording-record.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { StreamFacts, StreamInspector } from '../shared/ports/stream-inspector.ts';
import { WrongTagError, tagBytes } from '../shared/steps/decrypting.ts';
import { factsOf } from '../shared/steps/stream-facts.ts';
import { disagreement, unfit } from './judge-sound.ts';
import type { WayToStore } from './way-to-store.ts';

interface Needs {
  readonly inspector: StreamInspector;
  readonly meter: Meter;
}

/** What a whole reading of the source has shown. The sound's facts are zero where nobody can look into it. */
export interface FirstReading
  extends
    Pick<StreamFacts, 'sizeBytes' | 'sha256' | 'crc64Nvme'>,
    Pick<ArchivedAudio, 'channels' | 'durationSeconds'> {}

/**
 * Reads the source to its end, keeping nothing but what it was, and judges it: what is archived afterwards must be this,
 * byte for byte. Twilio names no checksum of a recording, and may name no length, so a reading of our own does.
 *
 * @throws {RetryableError} `media-unfit` when it is not the sound that it should be, or its tag does not hold;
 *   `stream-broken` when it breaks off.
 */
export async function readFirst(
  has: Needs,
  recording: RecordingRecord,
  way: WayToStore,
): Promise<FirstReading | undefined> {
  const opened = await way.open();
  if (opened.kind === 'not-there') return undefined;
  const [read] = await Promise.allSettled([factsOf(has, opened.stream, `the media of ${recording.recordingSid}`)]);
  if (read.status === 'rejected') throw readingFailure(has, recording, read.reason);
  const { sizeBytes, sha256, crc64Nvme } = read.value;
  const facts = { sizeBytes, sha256, crc64Nvme };
  if (way.soundIn === undefined) {
    if (sizeBytes <= tagBytes) throw unfitMedia(has, recording, `its ${sizeBytes} bytes are not more than a tag`);
    return { ...facts, channels: 0, durationSeconds: 0 };
  }
  const wav = way.soundIn(read.value);
  const fault = wav.kind === 'not-wav' ? wav.why : disagreement(wav.facts, recording)?.why;
  if (wav.kind === 'not-wav' || fault !== undefined)
    throw unfitMedia(has, recording, fault ?? 'its header cannot be read');
  const { channels, durationSeconds } = wav.facts;
  return { ...facts, channels, durationSeconds };
}

/** Why a reading of the source ended before its end; a tag that does not hold is nobody's broken connection. */
export function readingFailure(has: Needs, recording: RecordingRecord, reason: unknown): unknown {
  const tag = [reason, reason instanceof Error ? reason.cause : undefined].find((one) => one instanceof WrongTagError);
  return tag === undefined ? reason : unfitMedia(has, recording, tag.message);
}

/** Of what was encrypted nothing else may be archived either, and somebody should know. */
function unfitMedia(has: Needs, recording: RecordingRecord, why: string): Error {
  if (recording.source.encryption !== undefined)
    has.meter.measure({ outcome: 'unfit', name: 'encryptedRecordings', unit: 'Count', value: 1 });
  return unfit(recording, why);
}
