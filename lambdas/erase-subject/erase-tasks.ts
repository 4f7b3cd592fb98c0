import { taskTombstone } from '../shared/domain/erasure/erasure-life.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { changeTask } from '../shared/steps/change-record.ts';
import { aliasesOfTask } from '../shared/steps/known-tasks.ts';
import { actor } from './needs.ts';
import type { Because, EraseSubjectNeeds } from './needs.ts';

/**
 * Takes away what the ledger holds of the person beside the recordings: whom Insights took them for, the labels of their
 * conferences, what Calabrio said of their calls; and makes the task a tombstone.
 *
 * The request knows the task and the hashes, so that whoever is killed half-way is led here again. A second call takes
 * away what has come since.
 */
export async function eraseTask(has: EraseSubjectNeeds, task: TaskRecord, because: Because): Promise<void> {
  for (const hash of new Set([...because.subjectHashes, ...because.taskHashes])) {
    await has.personalItems.removeIdentity(hash);
    await has.index.remove(hash, task.taskSid);
  }
  const { erasureId } = because;
  const at = has.now();
  const line = { occurredAt: at, cause: erasureId, what: 'task erased', actor };
  await changeTask(has.ledger, task.taskSid, (before = task) => ({
    record: taskTombstone(before, { at, erasureId }),
    timeline: [line],
  }));
  await eraseAsides(has, task);
}

/** What lies under the task's other ids. Also after the tombstone is written: what was on its way may have come meanwhile. */
async function eraseAsides(has: EraseSubjectNeeds, task: TaskRecord): Promise<void> {
  for (const sid of task.conferenceSids) await has.personalItems.removeConference(sid);
  for (const alias of aliasesOfTask(task)) await has.personalItems.removeInbox(alias);
}
