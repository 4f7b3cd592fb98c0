import { isDeepStrictEqual } from 'node:util';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { isHoldOwed } from '../shared/domain/retention/keeping-life.ts';
import type { Archive } from '../shared/ports/archive.ts';
import { decideRecordingRetention, keepRecording } from '../shared/steps/keep-recording.ts';
import type { KeepRecordingNeeds } from '../shared/steps/keep-recording.ts';
import { refreshSidecar } from './write-sidecar.ts';

export interface KeepCopyNeeds extends KeepRecordingNeeds {
  readonly archive: Archive;
}

/**
 * Decides how long the copy stays, writes a new decision beside the audio, and tells S3 what it is owed: classes, holds and
 * locks. The sidecar before S3: its new version is told as well.
 */
export async function keepCopy(has: KeepCopyNeeds, recording: RecordingRecord, cause: string): Promise<void> {
  const because = { cause, actor: 'archive-recording' };
  const decided = await decideRecordingRetention(has, recording, because);
  const { archive } = decided;
  const isNew = !isDeepStrictEqual(recording.retention, decided.retention);
  if (isNew && (archive.state === 'verified' || archive.state === 'sealed')) {
    await refreshSidecar(has, decided, archive.audio);
  }
  await keepRecording(has, decided, because);
}

/**
 * Tells S3 of a hold that it does not know of, before anything else is done: what follows may fail for as long as it takes S3
 * to let the copy go. A message that comes again tells it once more: nobody knows what its last delivery was killed at.
 */
export async function tellHolds(
  has: KeepCopyNeeds,
  recording: RecordingRecord,
  { cause, isAgain }: { readonly cause: string; readonly isAgain: boolean },
): Promise<void> {
  if (!isAgain && !isHoldOwed(recording)) return;
  await keepRecording(has, recording, { cause, actor: 'archive-recording' }, { isAnew: isAgain });
}

/** A recording that is about to be erased, and was held before: S3 lets go of it, so that it can be erased. */
export async function letGoOfErased(has: KeepCopyNeeds, recording: RecordingRecord, cause: string): Promise<void> {
  if (recording.kept?.isHeld === true) await keepRecording(has, recording, { cause, actor: 'archive-recording' });
}
