import type { RecordingRecord } from './recording-record.ts';
import { isEmpty } from './source-status.ts';

/** Where a recording is in its life, in one word for people; nothing is decided by it. */
export type RecordingLabel =
  'announced' | 'absent' | 'archived' | 'complete' | 'deletable' | 'deleted' | 'held' | 'erased' | 'stuck';

/** The word that says most: what a person must mend comes before how far the recording has come. */
export function recordingLabel(recording: RecordingRecord): RecordingLabel {
  const { archive, deletion, erasure, holds, refusals, source } = recording;
  if (erasure.state === 'erased') return 'erased';
  if (isEmpty(source.status)) return 'absent';
  // Sealed: nobody can hear it before a person has put the key into the ring.
  if (['mismatched', 'failed', 'sealed'].includes(archive.state) || deletion.state === 'gone-external') return 'stuck';
  if (holds.length > 0) return 'held';
  if (deletion.state === 'deleted') return 'deleted';
  if (archive.state !== 'verified') return 'announced';
  if (refusals !== undefined && refusals.every((reason) => reason === 'dry-run')) return 'deletable';
  // One agent's COMPLETE is not the whole call's, and a FAILED may have come after it.
  const isLegOpen = refusals?.some((reason) => reason.startsWith('leg-')) === true;
  return !isLegOpen && recording.contacts.some(({ status }) => status === 'COMPLETE') ? 'complete' : 'archived';
}
