import type { Policy } from '../shared/domain/policy.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { ContactInbox } from '../shared/ports/contact-inbox.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import { aliasesOf, aliasesOfTask, knownTasks } from '../shared/steps/known-tasks.ts';
import { wakeContactStatuses } from '../shared/steps/wake-contact-statuses.ts';

export interface WakeNeeds {
  readonly ledger: Ledger;
  readonly inbox: ContactInbox;
  readonly queues: WorkQueues;
  readonly policy: Policy;
}

/**
 * Has the contact statuses matched that came before this recording, or before its task, was known. A status that only
 * led to a task so far waits for that task's recording, so every id of every task is looked under.
 */
export async function wakeStatuses(has: WakeNeeds, recording: RecordingRecord, cause: string): Promise<void> {
  if (has.policy.calabrio === undefined) return;
  const tasks = await knownTasks(has, recording);
  const aliases = [recording.recordingSid, ...aliasesOf(recording), ...tasks.flatMap(aliasesOfTask)];
  const known = new Set(recording.contacts.map(({ hash }) => hash));
  await wakeContactStatuses(has, aliases, cause, ({ hash }) => !known.has(hash));
}
