import { withoutOurLink } from '../shared/domain/link.ts';
import { mediaPatch } from '../shared/domain/media-patch.ts';
import { done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { TaskAttributes } from '../shared/domain/task-attributes.ts';
import { applyLink, applyMedia } from '../shared/domain/task-life.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { Ledger, TimelineEntry } from '../shared/ports/ledger.ts';
import type { Tasks } from '../shared/ports/tasks.ts';
import { changeTask } from '../shared/steps/change-record.ts';
import { updateAttributes } from '../shared/steps/update-attributes.ts';
import type { EditNeeds } from './edit-task.ts';

interface Needs extends EditNeeds {
  readonly ledger: Ledger;
  readonly tasks: Tasks;
  readonly now: () => Date;
}

/** True where the ledger says that something of ours is on the task. */
export function isOursThere({ link, media }: TaskRecord): boolean {
  return isThere(link.state) || (media !== undefined && isThere(media.state));
}

function isThere(state: string): boolean {
  return state === 'written' || state === 'late';
}

/**
 * Takes our link and our entries in media off a task whose recording turned out to hold nothing, while Insights still
 * looks. What is somebody else's is left alone, and a second call finds nothing to take off.
 */
export async function removeLink(has: Needs, task: TaskRecord, cause: string): Promise<Outcome> {
  const updated = await updateAttributes(has.tasks, task.taskSid, (attributes) => {
    const cleared = withoutOurs(has, task, attributes);
    return cleared === attributes
      ? { kind: 'leave', result: 'not there' }
      : { kind: 'write', attributes: cleared, result: 'removed' };
  });
  if (updated.kind === 'gone') return ignored('task-gone');
  const isFound = updated.kind === 'left';
  await changeTask(has.ledger, task.taskSid, (before = task) => removed(before, { at: has.now(), cause, isFound }));
  return done;
}

function withoutOurs(has: Needs, { link, media, accountSid }: TaskRecord, attributes: TaskAttributes): TaskAttributes {
  const { linkBaseUrl: baseUrl, onExistingLink } = has;
  const { recordingSid } = link;
  const unlinked = recordingSid === undefined ? undefined : withoutOurLink(attributes, baseUrl, recordingSid);
  if (media === undefined) return unlinked ?? attributes;
  const policy = { baseUrl, account: accountSid, onExistingLink, hasBeenOurs: true };
  const patch = mediaPatch(unlinked ?? attributes, [], media.places, policy);
  return patch.kind === 'write' ? patch.attributes : (unlinked ?? attributes);
}

function removed(
  before: TaskRecord,
  { at, cause, isFound }: { readonly at: Date; readonly cause: string; readonly isFound: boolean },
): { readonly record: TaskRecord; readonly timeline: readonly Omit<TimelineEntry, 'of'>[] } {
  const { link, media } = before;
  const line = { occurredAt: at, cause, actor: 'link-recording', after: 'removed' };
  const what = isFound ? 'found removed' : 'removed';
  const isLinkOurs = link.recordingSid !== undefined;
  const withoutLink = isLinkOurs ? applyLink(before, { ...link, state: 'removed' }) : before;
  return {
    record: media === undefined ? withoutLink : applyMedia(withoutLink, { ...media, state: 'removed', places: [] }),
    timeline: [
      ...(isLinkOurs ? [{ ...line, what: `link ${what}`, before: link.state }] : []),
      ...(media === undefined ? [] : [{ ...line, what: `media ${what}`, before: media.state }]),
    ],
  };
}
