import { archiveKey } from '../shared/domain/archive-key.ts';
import { PermanentError, RetryableError, done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { ArchiveMismatch, ArchivedAudio, RecordingRecord } from '../shared/domain/recording-record.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { Recordings } from '../shared/ports/recordings.ts';
import type { Spool } from '../shared/ports/spool.ts';
import type { StreamInspector } from '../shared/ports/stream-inspector.ts';
import { followPlan } from '../shared/steps/follow-plan.ts';
import type { PlanNeeds } from '../shared/steps/follow-plan.ts';
import { changeArchive } from './change-archive.ts';
import { missing } from './fetch-source.ts';
import { openSource } from './open-source.ts';
import { storeMedia } from './store-media.ts';
import { verifyStored } from './verify-stored.ts';
import { refreshSidecar, writeSidecar } from './write-sidecar.ts';

export interface CopyNeeds extends PlanNeeds {
  readonly recordings: Recordings;
  readonly archive: Archive;
  readonly inspector: StreamInspector;
  readonly spool: Spool;
  readonly meter: Meter;
}

/**
 * Copies the sound to the archive and proves the copy: stored, read again, sidecar written, and only then `verified`.
 *
 * A second delivery goes on where the first one stopped: what is stored is not stored again, and of what is verified
 * only the sidecar is written again, when a task has become known or has ended since.
 */
export async function copyRecording(has: CopyNeeds, recording: RecordingRecord, cause: string): Promise<Outcome> {
  if (recording.archive.state === 'verified') {
    await refreshSidecar(has, recording, recording.archive.audio);
    return done;
  }
  const stored = recording.archive.state === 'stored' ? recording.archive.audio : await store(has, recording, cause);
  if (stored === undefined) return ignored('recording-not-final');
  const proved = await verifyStored(has, stored);
  if (proved.kind === 'differs') return mismatch(has, recording, cause, proved);
  await writeSidecar(has, recording, stored);
  await changeArchive(has, recording, cause, { state: 'verified', audio: stored, verifiedAt: has.now() });
  has.meter.measure({ outcome: 'verified', name: 'archivedBytes', unit: 'Bytes', value: stored.sizeBytes });
  return done;
}

/** Undefined when the media is not there and the ledger has taken over the waiting. */
async function store(has: CopyNeeds, recording: RecordingRecord, cause: string): Promise<ArchivedAudio | undefined> {
  const { startedAt } = recording.source;
  if (startedAt === undefined) {
    throw new RetryableError(
      `${recording.recordingSid}: the Recording resource has no start time, so its day in the archive is not known`,
      { reason: 'start-time-missing' },
    );
  }
  const opened = await openSource(has, recording);
  if (opened.kind === 'not-there') {
    await missing(has, recording, cause, 'the media');
    return undefined;
  }
  const key = archiveKey({ ...recording, startedAt });
  const stored = await storeMedia(has, recording, key, opened.media);
  if (stored.kind === 'differs') return mismatch(has, recording, cause, stored);
  await changeArchive(has, recording, cause, { state: 'stored', audio: stored.audio });
  return stored.audio;
}

/** @throws {PermanentError} always: only a person may say which of two different objects is the recording. */
async function mismatch(
  has: CopyNeeds,
  recording: RecordingRecord,
  cause: string,
  { what, why }: { readonly what: ArchiveMismatch; readonly why: string },
): Promise<never> {
  await changeArchive(has, recording, cause, { state: 'mismatched', reason: why, what }, `mismatched: ${what}`);
  await followPlan(has, recording, { cause, actor: 'archive-recording' });
  throw new PermanentError(`${recording.recordingSid}: ${why}; nothing was overwritten`, {
    reason: 'archive-mismatched',
  });
}
