import { applyArchive } from '../shared/domain/recording-life.ts';
import type { ArchiveFacet, RecordingRecord } from '../shared/domain/recording-record.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import { changeRecording } from '../shared/steps/change-record.ts';

/** Writes into the ledger where the copy stands now, and into the timeline that it does; `after` says it there in a word. */
export async function changeArchive(
  has: { readonly ledger: Ledger; readonly now: () => Date },
  recording: RecordingRecord,
  cause: string,
  archive: ArchiveFacet,
  after: string = archive.state,
): Promise<void> {
  const at = has.now();
  await changeRecording(has.ledger, recording.recordingSid, (before = recording) => ({
    record: applyArchive(before, archive),
    timeline: [
      {
        occurredAt: at,
        cause,
        what: `archive ${archive.state}`,
        actor: 'archive-recording',
        before: before.archive.state,
        after,
      },
    ],
  }));
}
