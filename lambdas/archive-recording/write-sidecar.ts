import { sidecarKey } from '../shared/domain/archive-key.ts';
import type { ArchivedAudio, RecordingRecord } from '../shared/domain/recording-record.ts';
import { sidecarJson } from '../shared/domain/sidecar.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import { aliasesOf } from './record-news.ts';

/** Writes what we know of the recording beside its audio; again writes what is known then. */
export async function writeSidecar(
  has: { readonly ledger: Ledger; readonly archive: Archive },
  recording: RecordingRecord,
  audio: ArchivedAudio,
): Promise<void> {
  const matches = await Promise.all(aliasesOf(recording).map((alias) => has.ledger.findByAlias(alias)));
  const taskSids = [...new Set([...recording.taskSids, ...matches.flatMap(({ tasks }) => tasks)])];
  const tasks = await Promise.all(taskSids.map((sid) => has.ledger.readTask(sid)));
  const known = tasks.filter((task): task is TaskRecord => task !== undefined);
  await has.archive.putSidecar(sidecarKey(audio.key), sidecarJson(recording, audio, known));
}
