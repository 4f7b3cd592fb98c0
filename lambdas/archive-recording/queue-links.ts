import { isDeepStrictEqual } from 'node:util';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { addRecording } from '../shared/domain/task-recordings.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import { knownTaskSids } from '../shared/steps/known-tasks.ts';
import type { RecordingNews } from './record-news.ts';

export interface LinkNeeds {
  readonly ledger: Ledger;
  readonly queues: WorkQueues;
}

/**
 * Queues the link for every task that the recording is known to belong to: by what the message said, by the ledger,
 * and by call and conference. A task that appears only later finds the recording by the same aliases.
 *
 * A task whose record says all of this already is left alone: whoever wrote it there owed the link and was delivered
 * until it was queued. Otherwise every try of a copy that fails for hours would queue one more.
 */
export async function queueLinks(
  has: LinkNeeds,
  recording: RecordingRecord,
  news: RecordingNews,
  why: 'announced' | 'absent',
): Promise<void> {
  for (const taskSid of await knownTaskSids(has, recording)) {
    const task = await has.ledger.readTask(taskSid);
    if (why === 'announced' && task !== undefined && knowsAll(task, recording)) continue;
    await has.queues.send({
      v: 1,
      route: 'internal/link-recording',
      taskSid,
      recordingSid: recording.recordingSid,
      why,
      foundBy: news.foundBy,
      cause: news.cause,
    });
  }
}

function knowsAll(task: TaskRecord, recording: RecordingRecord): boolean {
  const known = task.recordings.find(({ recordingSid }) => recordingSid === recording.recordingSid);
  if (known === undefined) return false;
  return isDeepStrictEqual(addRecording(task, known.recordingSid, known.foundBy, recording), task);
}
