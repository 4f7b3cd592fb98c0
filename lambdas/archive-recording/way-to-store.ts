import { archiveKey, ciphertextKey } from '../shared/domain/archive-key.ts';
import { RetryableError } from '../shared/domain/outcome.ts';
import type { RecordingEncryption, RecordingRecord } from '../shared/domain/recording-record.ts';
import type { RecordingKeys } from '../shared/ports/recording-keys.ts';
import { openUnread, openWithKey } from './open-ciphertext.ts';
import type { CiphertextNeeds } from './open-ciphertext.ts';
import { openSource } from './open-source.ts';
import type { OpenedSource } from './source-media.ts';

export interface WayNeeds extends CiphertextNeeds {
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
  /** Nobody has the key to it. */
  readonly isUnread: boolean;
  /** Opens it afresh with each call. */
  open(): Promise<OpenedSource>;
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
  const sound = { key, contentType: 'audio/wav', isUnread: false };
  if (encryption === undefined) return { ...sound, open: () => openSource(has, recording) };
  const cek = await has.keys.open(encryption);
  const isUnread = cek.kind !== 'opened';
  const ciphertext = { key: ciphertextKey(key), contentType: 'application/octet-stream', encryption, isUnread };
  if (cek.kind !== 'opened') return { ...ciphertext, open: () => openUnread(has, recording) };
  return has.encryptedRecordings === 'decrypt'
    ? { ...sound, open: () => openWithKey(has, recording, cek, 'sound') }
    : { ...ciphertext, open: () => openWithKey(has, recording, cek, 'ciphertext') };
}
