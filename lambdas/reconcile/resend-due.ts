import { conversationSid, recordingSid } from '../shared/domain/sids.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import type { WorkMessage } from '../shared/messages/work-message.ts';
import type { DueItem, Ledger } from '../shared/ports/ledger.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';

/** So many at once go to the queues; what is due beyond that comes with the next run. */
const maxDuePerRun = 1000;

/** An erasure looks through the queues that this very run looks through next, and a message that is hidden is not seen. */
const erasureDelaySeconds = 60;

type Resent = 'recordingsResent' | 'transcriptsResent' | 'tasksResent' | 'statusesResent' | 'erasuresResent';

/** How many of what were sent, and which recordings. */
export interface ResentWork {
  readonly counts: Readonly<Record<Resent, number>>;
  readonly recordings: ReadonlySet<RecordingSid>;
}

/**
 * Sends work for everything in the ledger whose time has come: a recording to archive-recording, a transcript to
 * archive-transcript, a task to enrich-task, a contact status that led to nothing to calabrio-status, an erasure to
 * erase-subject.
 *
 * Nothing is changed here: whoever does the work moves the time on. A message sent twice finds the work done.
 */
export async function resendDue(
  has: { readonly ledger: Pick<Ledger, 'due'>; readonly queues: WorkQueues },
  now: Date,
  hasTime: () => boolean,
): Promise<ResentWork> {
  const cause = `reconcile@${now.toISOString()}`;
  const counts = { recordingsResent: 0, transcriptsResent: 0, tasksResent: 0, statusesResent: 0, erasuresResent: 0 };
  const recordings = new Set<RecordingSid>();
  for (const item of await has.ledger.due(now, maxDuePerRun)) {
    if (!hasTime()) break;
    const { message, as } = workFor(item, cause);
    await has.queues.send(message, as === 'erasuresResent' ? erasureDelaySeconds : undefined);
    counts[as] += 1;
    if (message.route === 'internal/archive-recording') recordings.add(message.recordingSid);
  }
  return { counts, recordings };
}

function workFor(item: DueItem, cause: string): { readonly message: WorkMessage; readonly as: Resent } {
  const of = { v: 1, cause } as const;
  if ('inboxAlias' in item)
    return { message: { ...of, route: 'internal/match-contact-status', alias: item.inboxAlias }, as: 'statusesResent' };
  if ('erasureId' in item)
    return { message: { ...of, route: 'internal/erase-subject', erasureId: item.erasureId }, as: 'erasuresResent' };
  const { sid } = item;
  if (recordingSid.is(sid)) {
    const message = { ...of, route: 'internal/archive-recording', recordingSid: sid, foundBy: 'reconcile' } as const;
    return { message, as: 'recordingsResent' };
  }
  if (conversationSid.is(sid))
    return { message: { ...of, route: 'internal/archive-transcript', conversationSid: sid }, as: 'transcriptsResent' };
  return { message: { ...of, route: 'internal/discover-recordings', taskSid: sid }, as: 'tasksResent' };
}
