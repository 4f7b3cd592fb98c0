import { compareText } from '../shared/domain/compare-text.ts';
import { mostErasureItems } from '../shared/domain/erasure/erasure-request.ts';
import type { ErasureItem, ErasureRequest } from '../shared/domain/erasure/erasure-request.ts';
import { PermanentError } from '../shared/domain/outcome.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import { taskBeganBy } from '../shared/domain/task-began.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { findByHashes } from '../shared/steps/find-subject.ts';
import { changeRequest } from './change-request.ts';
import type { EraseSubjectNeeds } from './needs.ts';

/** The request with all that is known of it by now, and the records of its tasks. */
export interface Everything {
  readonly request: ErasureRequest;
  readonly tasks: readonly TaskRecord[];
}

/**
 * Looks for everything once more: what the ledger leads to, and what Twilio has of the tasks' calls and conferences that
 * nobody has told us of. What is new goes into the request, and all of it is marked and waited for afresh.
 *
 * A task that began after the request is none of it: whoever is forgotten may call again.
 *
 * @throws {PermanentError} `erasure-too-large` beyond `mostErasureItems`.
 */
export async function findEverything(has: EraseSubjectNeeds, request: ErasureRequest): Promise<Everything> {
  const found = await findByHashes(has, request.subjectHashes, { taskSids: request.taskSids });
  const known = new Set(request.taskSids);
  const tasks = found.tasks.filter((task) => known.has(task.taskSid) || taskBeganBy(task) <= request.requestedAt);
  const listed: RecordingSid[] = [];
  for (const task of tasks) listed.push(...(await listedAtTwilio(has, task)));
  const ofTasks = await findByHashes(has, [], { taskSids: tasks.map(({ taskSid }) => taskSid) });
  const underHashes = await Promise.all(request.subjectHashes.map((hash) => has.index.find(hash)));
  const sids = [
    ...ofTasks.recordings.map((recording) => recording.recordingSid),
    ...ofTasks.transcripts.map((transcript) => transcript.conversationSid),
    ...ofTasks.unknownSids,
    ...underHashes.flatMap(({ recordings }) => recordings),
    ...listed,
  ];
  const saved = await changeRequest(has, request.erasureId, (before) => withFound(before, tasks, sids));
  return { request: saved, tasks };
}

function withFound(
  request: ErasureRequest,
  tasks: readonly TaskRecord[],
  sids: readonly ErasureItem['sid'][],
): ErasureRequest {
  const taskSids = [...new Set([...request.taskSids, ...tasks.map(({ taskSid }) => taskSid)])].sort(compareText);
  const known = new Set(request.items.map(({ sid }) => sid));
  const added = [...new Set(sids)].filter((sid) => !known.has(sid)).sort(compareText);
  const hashes = tasks.flatMap(({ subjectHashes = [] }) => subjectHashes);
  const taskHashes = [...new Set([...request.taskHashes, ...hashes])].sort(compareText);
  const isMore = added.length > 0 || taskSids.length > request.taskSids.length;
  if (!isMore) return { ...request, taskHashes };
  const items = [...request.items, ...added.map((sid) => ({ sid, state: { kind: 'open' } }) as const)];
  if (items.length > mostErasureItems || taskSids.length > mostErasureItems) throw tooLarge(request, items, taskSids);
  const { markedAt: _before, ...rest } = request;
  return { ...rest, taskSids, taskHashes, items };
}

/** An erased task's calls are over, and Twilio keeps its list of them for months: it is asked as long as the request is open. */
async function listedAtTwilio(has: EraseSubjectNeeds, task: TaskRecord): Promise<readonly RecordingSid[]> {
  if (task.accountSid !== has.accountSid) return [];
  const lists = await Promise.all([
    ...task.conferenceSids.map((sid) => has.recordings.listOfConference(task.accountSid, sid)),
    ...task.callSids.map((sid) => has.recordings.listOfCall(task.accountSid, sid)),
  ]);
  return lists.flat().map((recording) => recording.recordingSid);
}

function tooLarge({ erasureId }: ErasureRequest, items: readonly unknown[], tasks: readonly unknown[]): PermanentError {
  return new PermanentError(
    `erasure ${erasureId} has ${items.length} recordings and transcripts and ${tasks.length} tasks: at most ` +
      `${mostErasureItems} of either go into one request; erase task by task`,
    { reason: 'erasure-too-large' },
  );
}
