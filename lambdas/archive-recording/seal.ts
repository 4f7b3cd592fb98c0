import { applyWait } from '../shared/domain/recording-life.ts';
import type { ArchivedAudio, RecordingRecord } from '../shared/domain/recording-record.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { Meter } from '../shared/ports/meter.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import { changeArchive } from './change-archive.ts';

/** How soon it is looked whether the key has come. */
const sealedReviewSeconds = 24 * 3600;

interface Needs {
  readonly ledger: Ledger;
  readonly meter: Meter;
  readonly now: () => Date;
}

/** Writes down that the copy is a ciphertext to which nobody has the key, and rings for a person. */
export async function seal(
  has: Needs,
  recording: RecordingRecord,
  cause: string,
  { audio, why }: { readonly audio: ArchivedAudio; readonly why: string },
): Promise<void> {
  await changeArchive(has, recording, cause, { state: 'sealed', audio, sealedAt: has.now() }, `sealed: ${why}`);
  await waitForKey(has, recording);
}

/** It is sealed still: rings again, and looks again in a day. */
export async function waitForKey(has: Needs, recording: RecordingRecord): Promise<void> {
  const at = has.now();
  has.meter.measure({ outcome: 'sealed', name: 'encryptedRecordings', unit: 'Count', value: 1 });
  await changeRecording(has.ledger, recording.recordingSid, (before = recording) => ({
    record: applyWait(before, at, sealedReviewSeconds),
    timeline: [],
  }));
}
