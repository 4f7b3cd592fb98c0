import { PermanentError } from '../shared/domain/outcome.ts';
import { addTask } from '../shared/domain/recording-life.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import type { Conferences } from '../shared/ports/conferences.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import { knownTaskSids } from '../shared/steps/known-tasks.ts';

/** An outage of ours is over by then; what is older was recorded before us, and its task has long been forgotten. */
const freshSeconds = 7 * 24 * 3600;

/**
 * So many receives of a message wait for a conference that cannot be asked, half a minute in all; then the copy goes on
 * without its task. A key that may not read conferences must cost no recording.
 */
const patientReceives = 5;

export interface ConferenceNeeds {
  readonly ledger: Ledger;
  readonly conferences: Conferences;
  readonly now: () => Date;
}

/**
 * Asks the conference that was recorded for its task, where a copy is about to be made and nobody has told us of any:
 * every event that named the conference was lost. The task is written down with the recording and its conference, as if
 * one had.
 *
 * Once the copy is stored nobody is asked again; another recording of the conference finds the task by the ledger. An
 * older recording than a week is not asked for: nothing is owed to its task any more.
 *
 * @throws {RetryableError} as `Conferences`, on the first receives of a message.
 */
export async function askConference(
  has: ConferenceNeeds,
  recording: RecordingRecord,
  { cause, receiveCount }: { readonly cause: string; readonly receiveCount: number },
): Promise<RecordingRecord> {
  const { conferenceSid, status, startedAt } = recording.source;
  if (conferenceSid === undefined || status !== 'completed' || recording.archive.state !== 'none') return recording;
  const at = has.now();
  if (startedAt === undefined || at > secondsAfter(startedAt, freshSeconds)) return recording;
  if ((await knownTaskSids(has, recording)).length > 0) return recording;
  const [asked] = await Promise.allSettled([has.conferences.fetch(recording.accountSid, conferenceSid)]);
  const mayPass = asked.status === 'rejected' && !(asked.reason instanceof PermanentError);
  if (mayPass && receiveCount <= patientReceives) throw asked.reason;
  const taskSid =
    asked.status === 'fulfilled' && asked.value.kind !== 'gone' ? asked.value.conference.taskSid : undefined;
  if (taskSid === undefined) return recording;
  await has.ledger.addAliases([conferenceSid], taskSid);
  const line = { occurredAt: at, cause, what: `task known ${taskSid}`, actor: 'archive-recording' };
  return changeRecording(has.ledger, recording.recordingSid, (before = recording) => ({
    record: isTombstoned(before) ? before : addTask(before, taskSid),
    timeline: [{ ...line, after: 'by the name of its conference' }],
  }));
}
