import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { readCopyAgain } from '../shared/steps/read-copy-again.ts';
import { changeArchive } from './change-archive.ts';
import type { CopyNeeds } from './copy-recording.ts';

/**
 * Proves a copy that was doubted once more: true when it is again what it was, as it is when somebody has taken a delete
 * marker off it. The same version, every byte of it, and nothing above it under the key. A copy that was never proved is
 * not proved by this either.
 */
export async function proveAgain(
  has: Pick<CopyNeeds, 'ledger' | 'archive' | 'inspector' | 'keys' | 'now'>,
  recording: RecordingRecord,
  cause: string,
): Promise<boolean> {
  const { archive } = recording;
  if (archive.state !== 'mismatched' || archive.audio?.versionId === undefined) return false;
  const { audio } = archive;
  const current = await has.archive.look(audio.key);
  if (current?.versionId !== audio.versionId) return false;
  const proof = await readCopyAgain(has, audio);
  if (proof.kind !== 'proved') return false;
  await changeArchive(has, recording, cause, { state: 'verified', audio, verifiedAt: has.now() }, 'verified, again');
  return true;
}
