import { RetryableError } from '../shared/domain/outcome.ts';
import type { ArchivedAudio, RecordingRecord } from '../shared/domain/recording-record.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { RecordingKeys } from '../shared/ports/recording-keys.ts';
import type { StreamInspector } from '../shared/ports/stream-inspector.ts';
import { readCopyAgain } from '../shared/steps/read-copy-again.ts';
import type { CopyProof } from '../shared/steps/read-copy-again.ts';
import { disagreement } from './judge-sound.ts';

/** As `CopyProof`; the proved copy with what is known of its sound by now. */
type StoredProof = Exclude<CopyProof, { kind: 'proved' }> | { readonly kind: 'proved'; readonly audio: ArchivedAudio };

/**
 * Proves the copy that was stored by reading it again. Of one that was sealed, and of which the key has come, the sound is
 * measured against the Recording resource now, because nobody could before.
 *
 * @throws {RetryableError} `archive-moved` when it is not there: so soon after it was stored, that is looked at again.
 */
export async function verifyStored(
  has: { readonly archive: Archive; readonly inspector: StreamInspector; readonly keys: RecordingKeys },
  recording: RecordingRecord,
  audio: ArchivedAudio,
): Promise<StoredProof> {
  const proof = await readCopyAgain(has, audio);
  if (proof.kind === 'differs' && proof.what === 'missing')
    throw new RetryableError(`${audio.key} is not in the archive, where it was stored`, { reason: 'archive-moved' });
  if (proof.kind !== 'proved') return proof;
  if (proof.sound === undefined) return { kind: 'proved', audio };
  const fault = disagreement(proof.sound, recording);
  if (fault !== undefined) return { kind: 'differs', ...fault };
  return { kind: 'proved', audio: { ...audio, ...proof.sound } };
}
