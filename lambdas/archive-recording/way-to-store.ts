import type { Readable } from 'node:stream';
import { archiveKey, ciphertextKey } from '../shared/domain/archive-key.ts';
import { RetryableError } from '../shared/domain/outcome.ts';
import type { RecordingEncryption, RecordingRecord } from '../shared/domain/recording-record.ts';
import { readWavHeader } from '../shared/domain/wav.ts';
import type { WavReading } from '../shared/domain/wav.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { RecordingKeys } from '../shared/ports/recording-keys.ts';
import type { Recordings } from '../shared/ports/recordings.ts';
import type { StreamFacts } from '../shared/ports/stream-inspector.ts';
import { decryptHead, decrypting, tagBytes, testDecrypting } from '../shared/steps/decrypting.ts';
import type { MediaKey } from '../shared/steps/decrypting.ts';
import { openCiphertext } from './open-ciphertext.ts';
import { sourceOpener } from './open-source.ts';
import type { OpenedSource } from './source-media.ts';

export interface WayNeeds {
  readonly recordings: Recordings;
  readonly archive: Archive;
  readonly keys: RecordingKeys;
  /** What is archived of an encrypted recording: its sound, or Twilio's ciphertext with its envelope. */
  readonly encryptedRecordings: 'decrypt' | 'keep-ciphertext';
}

/** What is archived of a recording, where, and how it is opened. */
export interface WayToStore {
  readonly key: string;
  readonly contentType: string;
  /** Set where the ciphertext is archived: without its envelope nobody could ever read it. */
  readonly encryption?: RecordingEncryption;
  /** Opens it afresh with each call, encrypted or not; the end of it comes only after its tag, if any, was found right. */
  open(): Promise<OpenedSource>;
  /** What the sound's own header says, from all that was read; undefined where nobody has the key. */
  readonly soundIn: ((read: StreamFacts) => WavReading) | undefined;
}

/**
 * How a recording is to be archived as things are: as sound; encrypted and with the key at hand, as the stage says; and
 * without it as ciphertext, which is better than nothing and never taken for proved.
 *
 * @throws {RetryableError} `start-time-missing`, or while the keys cannot be read.
 */
export async function wayToStore(has: WayNeeds, recording: RecordingRecord): Promise<WayToStore> {
  const { startedAt, encryption } = recording.source;
  if (startedAt === undefined) {
    throw new RetryableError(
      `${recording.recordingSid}: the Recording resource has no start time, so its day in the archive is not known`,
      { reason: 'start-time-missing' },
    );
  }
  const key = archiveKey({ ...recording, startedAt });
  const sound = { key, contentType: 'audio/wav', soundIn };
  if (encryption === undefined) return { ...sound, open: sourceOpener(has, recording) };
  const cek = await has.keys.open(encryption);
  const ciphertext = { key: ciphertextKey(key), contentType: 'application/octet-stream', encryption };
  const open = (): Promise<OpenedSource> => openCiphertext(has, recording);
  if (cek.kind !== 'opened') return { ...ciphertext, open, soundIn: undefined };
  return has.encryptedRecordings === 'decrypt'
    ? { ...sound, open: through((stream) => decrypting(cek, stream), open) }
    : { ...ciphertext, open: through((stream) => testDecrypting(cek, stream), open), soundIn: soundInside(cek) };
}

function through(open: (stream: Readable) => Readable, source: WayToStore['open']): WayToStore['open'] {
  return async () => {
    const opened = await source();
    return opened.kind === 'media' ? { kind: 'media', stream: open(opened.stream) } : opened;
  };
}

function soundIn({ head, sizeBytes }: StreamFacts): WavReading {
  return readWavHeader(head, sizeBytes);
}

function soundInside(key: MediaKey): (read: StreamFacts) => WavReading {
  return ({ head, sizeBytes }) => readWavHeader(decryptHead(key, head, sizeBytes), sizeBytes - tagBytes);
}
