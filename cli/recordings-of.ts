import { conversationSid, recordingSid, taskSid } from '../lambdas/shared/domain/sids.ts';
import type { ConversationSid, RecordingSid, TaskSid } from '../lambdas/shared/domain/sids.ts';
import type { TaskRecord } from '../lambdas/shared/domain/task-record.ts';
import type { Ledger } from '../lambdas/shared/ports/ledger.ts';
import { aliasesOfTask } from '../lambdas/shared/steps/known-tasks.ts';

/** The recordings and conversations that a SID leads to, and the tasks through which it does. */
export interface FoundRecordings {
  readonly tasks: readonly TaskRecord[];
  readonly recordings: readonly RecordingSid[];
  /** Whether they have a transcript, its record says. */
  readonly conversations: readonly ConversationSid[];
}

/**
 * Every recording that the SID leads to: itself, those of a task, those of the tasks that another id leads to. Rather
 * one too many than one too few: what a call is known by is followed too.
 */
export async function recordingsOf(ledger: Ledger, sid: string): Promise<FoundRecordings> {
  if (recordingSid.is(sid)) return { tasks: [], recordings: [sid], conversations: [] };
  if (taskSid.is(sid)) return ofTasks(ledger, [sid], []);
  const { tasks, recordings } = await ledger.findByAlias(sid);
  const found = await ofTasks(ledger, tasks, recordings);
  return conversationSid.is(sid)
    ? { ...found, conversations: [...new Set([sid, ...found.conversations])].sort() }
    : found;
}

async function ofTasks(
  ledger: Ledger,
  sids: readonly TaskSid[],
  known: readonly RecordingSid[],
): Promise<FoundRecordings> {
  const read = await Promise.all(sids.map((sid) => ledger.readTask(sid)));
  const tasks = read.filter((task) => task !== undefined);
  const matches = await Promise.all(tasks.flatMap(aliasesOfTask).map((alias) => ledger.findByAlias(alias)));
  const all = [
    ...known,
    ...tasks.flatMap(({ recordings }) => recordings.map((one) => one.recordingSid)),
    ...matches.flatMap(({ recordings }) => recordings),
  ];
  const conversations = [...new Set(tasks.flatMap((task) => task.conversationSids))].sort();
  return { tasks, recordings: [...new Set(all)].sort(), conversations };
}
