import type { ErasureItem, ErasureRequest } from '../shared/domain/erasure/erasure-request.ts';
import { conversationSid, recordingSid } from '../shared/domain/sids.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { isOnlyQuoted } from '../shared/domain/joined-legs.ts';
import { aliasesOfTask, knownTasks } from '../shared/steps/known-tasks.ts';
import type { EraseSubjectNeeds } from './needs.ts';
import type { Sought } from './mentions.ts';

type Needs = Pick<EraseSubjectNeeds, 'ledger' | 'transcripts'>;

/**
 * What must wait: the tasks that are not over and their items, also where the task is none of the request's: a chat that
 * goes on under a task which began later. Their recordings are still being made, and an erased task would not hear of
 * those that come.
 */
export async function waitingSids(
  has: Needs,
  request: ErasureRequest,
  tasks: readonly TaskRecord[],
): Promise<ReadonlySet<string>> {
  const live = request.items.filter(({ state }) => state.kind !== 'erased').map(({ sid }) => sid);
  const isWaiting = await Promise.all(live.map(async (sid) => (await tasksOfItem(has, sid)).some(isOpen)));
  const open = tasks.filter(isOpen);
  const sids = open.flatMap((task) => [
    task.taskSid,
    ...task.recordings.map(({ recordingSid: sid }) => sid),
    ...task.conversationSids,
  ]);
  const asked = new Set<string>([...request.taskSids, ...request.items.map(({ sid }) => sid)]);
  return new Set([...sids.filter((sid) => asked.has(sid)), ...live.filter((_sid, place) => isWaiting[place])]);
}

/** Every task whose call or conversation it is. */
async function tasksOfItem(has: Needs, sid: ErasureItem['sid']): Promise<readonly TaskRecord[]> {
  if (recordingSid.is(sid)) {
    const recording = await has.ledger.readRecording(sid);
    const tasks = recording === undefined ? [] : await knownTasks(has, recording);
    return tasks.filter((task) => recording === undefined || !isOnlyQuoted(recording, task, tasks));
  }
  const transcript = await has.transcripts.readTranscript(sid);
  const { tasks: led } = await has.ledger.findByAlias(sid);
  const taskSids = new Set([...(transcript?.taskSids ?? []), ...led]);
  const tasks = await Promise.all([...taskSids].map((taskSid) => has.ledger.readTask(taskSid)));
  return tasks.filter((task) => task !== undefined);
}

function isOpen({ endedAt, erased }: TaskRecord): boolean {
  return endedAt === undefined && erased === undefined;
}

export interface TasksInScope {
  readonly erasable: readonly TaskRecord[];
  /** Open, or with something that is held or locked: what the ledger knows of them stays as it is. */
  readonly kept: readonly TaskRecord[];
}

/** A task with something held or locked stays whole with it, so that it is found again when that is no longer so. */
export async function tasksToErase(
  has: Pick<EraseSubjectNeeds, 'ledger' | 'transcripts'>,
  { items }: ErasureRequest,
  tasks: readonly TaskRecord[],
): Promise<TasksInScope> {
  const keptItems = items.filter(({ state }) => state.kind === 'held' || state.kind === 'locked');
  const ofItems = await Promise.all(
    keptItems.map(async ({ sid }) => [
      sid,
      ...(recordingSid.is(sid) ? await aliasesOfRecording(has, sid) : []),
      ...(conversationSid.is(sid) ? ((await has.transcripts.readTranscript(sid))?.taskSids ?? []) : []),
    ]),
  );
  const keptSids = new Set<string>(ofItems.flat());
  const isKept = (task: TaskRecord): boolean =>
    isOpen(task) || [...aliasesOfTask(task), ...recordingsOf(task)].some((sid) => keptSids.has(sid));
  return { erasable: tasks.filter((task) => !isKept(task)), kept: tasks.filter(isKept) };
}

async function aliasesOfRecording(
  has: Pick<EraseSubjectNeeds, 'ledger'>,
  sid: Parameters<EraseSubjectNeeds['ledger']['readRecording']>[0],
): Promise<readonly string[]> {
  const record = await has.ledger.readRecording(sid);
  if (record === undefined) return [];
  const { callSid, conferenceSid } = record.source;
  return [...record.taskSids, ...[callSid, conferenceSid].filter((alias) => alias !== undefined)];
}

/** By which a message is known as one of the erased, and by which as one of what stays. */
export function soughtIn({ items, subjectHashes }: ErasureRequest, { erasable, kept }: TasksInScope): Sought {
  const erased = items.filter(({ state }) => state.kind === 'erased').map(({ sid }) => sid);
  const stays = items.filter(({ state }) => state.kind !== 'erased').map(({ sid }) => sid);
  return {
    // A recording that a task only quotes is no item: what speaks of it is about somebody else.
    sids: new Set([...erased, ...erasable.flatMap(idsOf)]),
    subjectHashes: new Set(subjectHashes),
    keptSids: new Set([...stays, ...kept.flatMap((task) => [...idsOf(task), ...recordingsOf(task)])]),
  };
}

function idsOf(task: TaskRecord): readonly string[] {
  const calls = task.workerCalls.map(({ callSid }) => callSid);
  return [...aliasesOfTask(task), ...calls];
}

function recordingsOf(task: TaskRecord): readonly string[] {
  return task.recordings.map(({ recordingSid: sid }) => sid);
}
