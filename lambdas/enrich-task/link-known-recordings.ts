import type { Ledger } from '../shared/ports/ledger.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import type { RecordedTaskEvent } from './record-task-event.ts';

/**
 * Queues the link for recordings that a callback announced before this task was known to be theirs.
 *
 * The aliases are written before this look and read consistently, here and in archive-recording: of the two that meet
 * over an alias, at least the later one sees the other.
 */
export async function linkKnownRecordings(
  has: { readonly ledger: Ledger; readonly queues: WorkQueues },
  { task, event, facts }: RecordedTaskEvent,
): Promise<void> {
  const aliases = facts === undefined ? [] : [...facts.conferenceSids, ...facts.callSids];
  const found = await Promise.all(aliases.map((alias) => has.ledger.findByAlias(alias)));
  const unlinked = new Set(found.flatMap(({ recordings }) => recordings));
  for (const { recordingSid } of task.recordings) unlinked.delete(recordingSid);
  for (const recordingSid of unlinked) {
    await has.queues.send({
      v: 1,
      route: 'internal/link-recording',
      taskSid: task.taskSid,
      recordingSid,
      why: 'announced',
      foundBy: 'callback',
      cause: event.eventSid,
    });
  }
}
