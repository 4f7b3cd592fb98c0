import { conversationSid, recordingSid } from '../shared/domain/sids.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';

/** So many at once go to the queues; what is due beyond that comes with the next run. */
const maxDuePerRun = 1000;

/**
 * Sends work for everything in the ledger whose time has come: a recording to archive-recording, a
 * transcript to archive-transcript, a task to enrich-task, a contact status that led to nothing to calabrio-status, an erasure to
 * erase-subject.
 *
 * Nothing is changed here: whoever does the work moves the time on. A message sent twice finds the work done.
 */
export async function resendDue(
  has: { readonly ledger: Ledger; readonly queues: WorkQueues },
  now: Date,
  hasTime: () => boolean,
): Promise<
  Readonly<
    Record<'recordingsResent' | 'transcriptsResent' | 'tasksResent' | 'statusesResent' | 'erasuresResent', number>
  >
> {
  const cause = `reconcile@${now.toISOString()}`;
  let recordingsResent = 0;
  let transcriptsResent = 0;
  let tasksResent = 0;
  let statusesResent = 0;
  let erasuresResent = 0;
  for (const item of await has.ledger.due(now, maxDuePerRun)) {
    if (!hasTime()) break;
    if ('inboxAlias' in item) {
      await has.queues.send({ v: 1, route: 'internal/match-contact-status', alias: item.inboxAlias, cause });
      statusesResent += 1;
      continue;
    }
    if ('erasureId' in item) {
      await has.queues.send({ v: 1, route: 'internal/erase-subject', erasureId: item.erasureId, cause });
      erasuresResent += 1;
      continue;
    }
    const { sid } = item;
    if (recordingSid.is(sid)) {
      await has.queues.send({
        v: 1,
        route: 'internal/archive-recording',
        recordingSid: sid,
        foundBy: 'reconcile',
        cause,
      });
      recordingsResent += 1;
    } else if (conversationSid.is(sid)) {
      await has.queues.send({ v: 1, route: 'internal/archive-transcript', conversationSid: sid, cause });
      transcriptsResent += 1;
    } else {
      await has.queues.send({ v: 1, route: 'internal/discover-recordings', taskSid: sid, cause });
      tasksResent += 1;
    }
  }
  return { recordingsResent, transcriptsResent, tasksResent, statusesResent, erasuresResent };
}
