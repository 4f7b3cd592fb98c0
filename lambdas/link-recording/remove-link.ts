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
import { noMedia } from './facets.ts';

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
 * True where nobody knows whether something of ours is there: nothing is known to be, and a recording that holds nothing was
 * announced, of which a delivery may have been killed between its write and the ledger.
 */
export function mayBeThere({ link, media, recordings }: TaskRecord): boolean {
  const isNothingKnown = link.state === 'none' && (media === undefined || media.state === 'none');
  return isNothingKnown && recordings.some(({ isAbsent }) => isAbsent);
}

/** What of ours was found there, and is there no longer. */
interface Cleared {
  readonly link: boolean;
  readonly media: boolean;
}

/**
 * Takes our link and our entries in media off a task whose recording turned out to hold nothing, while Insights still
 * looks. What is somebody else's is left alone, and a second call finds nothing to take off.
 */
export async function removeLink(has: Needs, task: TaskRecord, cause: string): Promise<Outcome> {
  const updated = await updateAttributes<Cleared>(has.tasks, task.taskSid, (attributes) => {
    const unlinked = withoutLinks(has.linkBaseUrl, task, attributes);
    const cleared = withoutEntries(has, task, unlinked);
    const result = { link: unlinked !== attributes, media: cleared !== unlinked };
    return cleared === attributes ? { kind: 'leave', result } : { kind: 'write', attributes: cleared, result };
  });
  if (updated.kind === 'gone') return ignored('task-gone');
  if (updated.kind === 'left' && !isOursThere(task)) return ignored('no-recording-known');
  const { result } = updated;
  await changeTask(has.ledger, task.taskSid, (before = task) => removed(before, { at: has.now(), cause, result }));
  return done;
}

/** The attributes without our link to what the ledger says was linked, or to any that holds nothing. */
function withoutLinks(baseUrl: string, { link, recordings }: TaskRecord, attributes: TaskAttributes): TaskAttributes {
  const empty = recordings.filter(({ isAbsent }) => isAbsent).map(({ recordingSid }) => recordingSid);
  return [link.recordingSid, ...empty]
    .filter((sid) => sid !== undefined)
    .reduce((left, sid) => withoutOurLink(left, baseUrl, sid) ?? left, attributes);
}

function withoutEntries(has: Needs, { media, accountSid }: TaskRecord, attributes: TaskAttributes): TaskAttributes {
  const { linkBaseUrl: baseUrl, onExistingLink } = has;
  const policy = { baseUrl, account: accountSid, onExistingLink, hasBeenOurs: true };
  const patch = mediaPatch(attributes, [], media?.places ?? [], policy);
  return patch.kind === 'write' ? patch.attributes : attributes;
}

function removed(
  before: TaskRecord,
  { at, cause, result }: { readonly at: Date; readonly cause: string; readonly result: Cleared },
): { readonly record: TaskRecord; readonly timeline: readonly Omit<TimelineEntry, 'of'>[] } {
  const { link, media } = before;
  const line = { occurredAt: at, cause, actor: 'link-recording', after: 'removed' };
  const what = result.link || result.media ? 'removed' : 'found removed';
  const isLinkOurs = link.recordingSid !== undefined || result.link;
  const isMediaOurs = media !== undefined || result.media;
  const withoutLink = isLinkOurs ? applyLink(before, { ...link, state: 'removed' }) : before;
  return {
    record: isMediaOurs
      ? applyMedia(withoutLink, { ...(media ?? noMedia), state: 'removed', places: [] })
      : withoutLink,
    timeline: [
      ...(isLinkOurs ? [{ ...line, what: `link ${what}`, before: link.state }] : []),
      ...(isMediaOurs ? [{ ...line, what: `media ${what}`, before: (media ?? noMedia).state }] : []),
    ],
  };
}
