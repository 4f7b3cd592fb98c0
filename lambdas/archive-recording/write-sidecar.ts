import { text } from 'node:stream/consumers';
import { sidecarKey } from '../shared/domain/archive-key.ts';
import type { ArchivedAudio, RecordingRecord } from '../shared/domain/recording-record.ts';
import { sidecarJson } from '../shared/domain/sidecar.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import { knownTaskSids } from '../shared/steps/known-tasks.ts';

interface Needs {
  readonly ledger: Ledger;
  readonly archive: Archive;
}

/** Writes what we know of the recording beside its audio; again writes what is known then. */
export async function writeSidecar(has: Needs, recording: RecordingRecord, audio: ArchivedAudio): Promise<void> {
  await has.archive.putSidecar(sidecarKey(audio.key), await sidecarOf(has, recording, audio));
}

/** The same, where what lies there differs: a task that became known, or ended, after the copy was made. */
export async function refreshSidecar(has: Needs, recording: RecordingRecord, audio: ArchivedAudio): Promise<void> {
  const wanted = await sidecarOf(has, recording, audio);
  const found = await has.archive.open(sidecarKey(audio.key));
  const there = found === undefined ? undefined : await text(found.stream);
  if (there !== wanted) await has.archive.putSidecar(sidecarKey(audio.key), wanted);
}

async function sidecarOf(
  has: { readonly ledger: Ledger },
  recording: RecordingRecord,
  audio: ArchivedAudio,
): Promise<string> {
  const taskSids = await knownTaskSids(has, recording);
  const tasks = await Promise.all(taskSids.map((sid) => has.ledger.readTask(sid)));
  const known = tasks.filter((task): task is TaskRecord => task !== undefined);
  return sidecarJson(recording, audio, known);
}
