import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import { aliasesOf } from './record-news.ts';
import type { RecordingNews } from './record-news.ts';

export interface LinkNeeds {
  readonly ledger: Ledger;
  readonly queues: WorkQueues;
}

/**
 * Queues the link for every task that the recording is known to belong to: by what the message said, by the ledger,
 * and by call and conference. A task that appears only later finds the recording by the same aliases.
 */
export async function queueLinks(
  has: LinkNeeds,
  recording: RecordingRecord,
  news: RecordingNews,
  why: 'announced' | 'absent',
): Promise<void> {
  const matches = await Promise.all(aliasesOf(recording).map((alias) => has.ledger.findByAlias(alias)));
  const taskSids = new Set([...recording.taskSids, ...matches.flatMap(({ tasks }) => tasks)]);
  for (const taskSid of taskSids) {
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
