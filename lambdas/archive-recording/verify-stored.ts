import { RetryableError } from '../shared/domain/outcome.ts';
import type { ArchivedAudio } from '../shared/domain/recording-record.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { StreamInspector } from '../shared/ports/stream-inspector.ts';
import { readCopyAgain } from '../shared/steps/read-copy-again.ts';
import type { CopyProof } from '../shared/steps/read-copy-again.ts';

/**
 * Proves the copy that was stored a moment ago by reading it again.
 *
 * @throws {RetryableError} `archive-moved` when it is not there: so soon after it was stored, that is looked at again.
 */
export async function verifyStored(
  has: { readonly archive: Archive; readonly inspector: StreamInspector },
  audio: ArchivedAudio,
): Promise<CopyProof> {
  const proof = await readCopyAgain(has, audio);
  if (proof.kind === 'differs' && proof.what === 'missing')
    throw new RetryableError(`${audio.key} is not in the archive, where it was stored`, { reason: 'archive-moved' });
  return proof;
}
