import { PermanentError, done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { ArchiveMismatch, ArchivedAudio, RecordingRecord } from '../shared/domain/recording-record.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { StreamInspector } from '../shared/ports/stream-inspector.ts';
import { followPlan } from '../shared/steps/follow-plan.ts';
import type { PlanNeeds } from '../shared/steps/follow-plan.ts';
import { decideRecordingRetention } from '../shared/steps/keep-recording.ts';
import type { KeepRecordingNeeds } from '../shared/steps/keep-recording.ts';
import { changeArchive } from './change-archive.ts';
import { missing } from './fetch-source.ts';
import { readFirst } from './read-first.ts';
import { seal, waitForKey } from './seal.ts';
import { storeMedia } from './store-media.ts';
import { verifyStored } from './verify-stored.ts';
import { wayToStore } from './way-to-store.ts';
import type { WayNeeds, WayToStore } from './way-to-store.ts';
import { refreshSidecar, writeSidecar } from './write-sidecar.ts';

export interface CopyNeeds extends PlanNeeds, WayNeeds, Pick<KeepRecordingNeeds, 'retention'> {
  readonly inspector: StreamInspector;
  readonly meter: Meter;
}

/**
 * Copies the sound to the archive and proves the copy: stored, read again, sidecar written, and only then `verified`.
 *
 * A second delivery goes on where the first one stopped: what is stored is not stored again, and of what is verified
 * only the sidecar is written again, when a task has become known or has ended since.
 *
 * What nobody can decrypt is stored as it came, read again and `sealed`; with the key it becomes a copy like any other.
 */
export async function copyRecording(has: CopyNeeds, recording: RecordingRecord, cause: string): Promise<Outcome> {
  if (recording.archive.state === 'verified') {
    await refreshSidecar(has, recording, recording.archive.audio);
    return done;
  }
  const stored = await storedAudio(has, recording, cause);
  if (stored.kind === 'not-there') return ignored('recording-not-final');
  if (stored.kind === 'still-sealed') {
    await waitForKey(has, recording);
    await refreshSidecar(has, recording, stored.audio);
    return done;
  }
  const proved = await verifyStored(has, recording, stored.audio);
  if (proved.kind === 'differs') return mismatch(has, recording, cause, proved);
  // Before the sidecar, which says how long the copy stays.
  const decided = await decideRecordingRetention(has, recording, { cause, actor: 'archive-recording' });
  await writeSidecar(has, decided, proved.kind === 'sealed' ? stored.audio : proved.audio);
  if (proved.kind === 'sealed') {
    await seal(has, recording, cause, { audio: stored.audio, why: proved.why });
    return done;
  }
  const { audio } = proved;
  await changeArchive(has, recording, cause, { state: 'verified', audio, verifiedAt: has.now() });
  has.meter.measure({ outcome: 'verified', name: 'archivedBytes', unit: 'Bytes', value: audio.sizeBytes });
  if (recording.source.encryption !== undefined)
    has.meter.measure({ outcome: 'decrypted', name: 'encryptedRecordings', unit: 'Count', value: 1 });
  return done;
}

type Stored =
  | { readonly kind: 'stored'; readonly audio: ArchivedAudio }
  /** Nothing has changed since it was sealed. */
  | { readonly kind: 'still-sealed'; readonly audio: ArchivedAudio }
  /** The media is not there, and the ledger has taken over the waiting. */
  | { readonly kind: 'not-there' };

/** What is stored of it: by an earlier delivery, where that is what should be archived now, else by this one. */
async function storedAudio(has: CopyNeeds, recording: RecordingRecord, cause: string): Promise<Stored> {
  const { archive } = recording;
  if (archive.state === 'stored' && archive.audio.encryption === undefined)
    return { kind: 'stored', audio: archive.audio };
  const way = await wayToStore(has, recording);
  if (archive.state === 'sealed' && way.soundIn === undefined) return { kind: 'still-sealed', audio: archive.audio };
  const isKept = archive.state === 'stored' || archive.state === 'sealed';
  if (isKept && way.encryption !== undefined) return { kind: 'stored', audio: archive.audio };
  return store(has, recording, cause, way);
}

const notThere = { kind: 'not-there' } as const;

async function store(has: CopyNeeds, recording: RecordingRecord, cause: string, way: WayToStore): Promise<Stored> {
  const first = await readFirst(has, recording, way);
  const stored = first === undefined ? notThere : await storeMedia(has, recording, way, first);
  if (stored.kind === 'not-there') {
    await missing(has, recording, cause, 'the media');
    return stored;
  }
  if (stored.kind === 'differs') return mismatch(has, recording, cause, stored);
  await changeArchive(has, recording, cause, { state: 'stored', audio: stored.audio });
  return stored;
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
