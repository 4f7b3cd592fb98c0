import { compareText } from '../domain/compare-text.ts';
import type { RecordingRecord } from '../domain/recording-record.ts';
import type { TaskSid } from '../domain/sids.ts';
import type { TaskRecord } from '../domain/task-record.ts';
import type { Ledger } from '../ports/ledger.ts';

/** The ids by which a task finds the recording, and the recording its tasks: the call's and the conference's. */
export function aliasesOf(recording: RecordingRecord): readonly string[] {
  const { callSid, conferenceSid } = recording.source;
  return [callSid, conferenceSid].filter((sid) => sid !== undefined);
}

/** Every task that the recording is known to belong to, as its record or one of its aliases says; sorted. */
export async function knownTaskSids(
  has: { readonly ledger: Pick<Ledger, 'findByAlias'> },
  recording: RecordingRecord,
): Promise<readonly TaskSid[]> {
  const matches = await Promise.all(aliasesOf(recording).map((alias) => has.ledger.findByAlias(alias)));
  return [...new Set([...recording.taskSids, ...matches.flatMap(({ tasks }) => tasks)])].sort(compareText);
}

/** The same tasks as the ledger knows them; one of which it knows nothing but the SID is left out. */
export async function knownTasks(
  has: { readonly ledger: Pick<Ledger, 'findByAlias' | 'readTask'> },
  recording: RecordingRecord,
): Promise<readonly TaskRecord[]> {
  const tasks = await Promise.all((await knownTaskSids(has, recording)).map((sid) => has.ledger.readTask(sid)));
  return tasks.filter((task) => task !== undefined);
}

/** Every id by which somebody may speak of the task: its own, its calls', conferences', conversations' and reservations'. */
export function aliasesOfTask(task: TaskRecord): readonly string[] {
  return [
    task.taskSid,
    ...task.callSids,
    ...task.conferenceSids,
    ...task.conversationSids,
    ...task.legs.map(({ reservationSid }) => reservationSid),
  ];
}
