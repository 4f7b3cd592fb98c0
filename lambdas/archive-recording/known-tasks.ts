import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { compareText } from '../shared/domain/compare-text.ts';
import type { TaskSid } from '../shared/domain/sids.ts';
import type { Ledger } from '../shared/ports/ledger.ts';

/** The ids by which a task finds the recording, and the recording its tasks: the call's and the conference's. */
export function aliasesOf(recording: RecordingRecord): readonly string[] {
  const { callSid, conferenceSid } = recording.source;
  return [callSid, conferenceSid].filter((sid) => sid !== undefined);
}

/** Every task that the recording is known to belong to, as its record or one of its aliases says; sorted. */
export async function knownTaskSids(
  has: { readonly ledger: Ledger },
  recording: RecordingRecord,
): Promise<readonly TaskSid[]> {
  const matches = await Promise.all(aliasesOf(recording).map((alias) => has.ledger.findByAlias(alias)));
  return [...new Set([...recording.taskSids, ...matches.flatMap(({ tasks }) => tasks)])].sort(compareText);
}
