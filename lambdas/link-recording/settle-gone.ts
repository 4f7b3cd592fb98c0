import { ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { applyLink, applyMedia, applyTaskGone } from '../shared/domain/task-life.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { Meter } from '../shared/ports/meter.ts';
import { changeTask } from '../shared/steps/change-record.ts';
import { noMedia } from './facets.ts';
import type { Owed } from './facets.ts';

/** The task is gone: what was owed to it and never there is missed. */
export async function settleGone(
  has: { readonly ledger: Ledger; readonly meter: Meter },
  task: TaskRecord,
  owed: Owed,
  { at, cause }: { readonly at: Date; readonly cause: string },
): Promise<Outcome> {
  const line = { occurredAt: at, cause, actor: 'link-recording' };
  await changeTask(has.ledger, task.taskSid, (before = task) => {
    const gone = applyTaskGone(before, at);
    const missed = missedOf(gone, owed);
    const withLink = missed.link ? applyLink(gone, { ...gone.link, state: 'missed' }) : gone;
    return {
      record: missed.media ? applyMedia(withLink, { ...(gone.media ?? noMedia), state: 'missed' }) : withLink,
      timeline: [
        ...(missed.link ? [{ ...line, what: 'link missed' }] : []),
        ...(missed.media ? [{ ...line, what: 'media missed' }] : []),
      ],
    };
  });
  const missed = missedOf(task, owed);
  const count = (name: string): void => has.meter.measure({ outcome: 'missed', name, unit: 'Count', value: 1 });
  if (missed.link || (missed.media && owed.media?.some(({ recordingSid }) => recordingSid !== undefined) === true))
    count('links');
  if (missed.media) count('mediaLinks');
  return ignored('task-gone');
}

function missedOf(
  { link, media = noMedia }: TaskRecord,
  owed: Owed,
): { readonly link: boolean; readonly media: boolean } {
  return {
    link: owed.link !== undefined && link.state === 'none',
    media: owed.media !== undefined && owed.media.length > 0 && media.state === 'none',
  };
}
