import { done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { applyLink, applyMedia } from '../shared/domain/task-life.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { Ledger, TimelineEntry } from '../shared/ports/ledger.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { Tasks } from '../shared/ports/tasks.ts';
import { changeTask } from '../shared/steps/change-record.ts';
import { updateAttributes } from '../shared/steps/update-attributes.ts';
import { correlate, measureCorrelation } from './correlate.ts';
import type { Correlated } from './correlate.ts';
import { editTask } from './edit-task.ts';
import type { EditNeeds, Found, LinkFound, MediaFound } from './edit-task.ts';
import { noMedia } from './facets.ts';
import type { Owed } from './facets.ts';
import { linkAfter, mediaAfter } from './facets-after.ts';
import type { When } from './facets-after.ts';
import { measureLinks } from './measure-links.ts';
import { settleGone } from './settle-gone.ts';

interface Needs extends EditNeeds {
  readonly ledger: Ledger;
  readonly tasks: Tasks;
  readonly meter: Meter;
  readonly now: () => Date;
  /** Under which attribute our SIDs are written for Calabrio; absent where they are not wanted. */
  readonly correlationObject?: string | undefined;
}

/**
 * Puts the link and the media that are owed onto the task, or sees that they are there, and writes down what was seen and
 * when.
 *
 * After the window either is `late` even when Twilio takes it: Insights does not look any more. A task that is gone
 * without having had its link has `missed` it. What was written `maxLinkWrites` times, or was there until the window
 * closed, is still looked at, and `overwritten` when it is not there.
 */
export async function writeLink(has: Needs, task: TaskRecord, owed: Owed, cause: string): Promise<Outcome> {
  // What another writes from here on may be without our link, so no later moment is called the one it was seen at.
  const seenAt = has.now();
  const edit = editTask(has, task, owed, seenAt);
  let correlated: Correlated | undefined;
  const updated = await updateAttributes<Found>(has.tasks, task.taskSid, (attributes) => {
    const edited = edit(attributes);
    if (edited.kind === 'leave') return edited;
    correlated = correlate(edited.attributes, task, has.correlationObject);
    return { ...edited, attributes: correlated.attributes };
  });
  const at = has.now();
  if (updated.kind === 'gone') return settleGone(has, task, owed, { at, cause });
  const { result } = updated;
  const saved = await changeTask(has.ledger, task.taskSid, (before = task) =>
    // What was written names the primary recording of then, whatever the ledger has chosen meanwhile.
    changeBy(before, result, { at, seenAt, cause, linked: task.primaryRecordingSid }),
  );
  if (updated.kind === 'written') {
    measureLinks(has.meter, saved, result, at);
    if (correlated !== undefined) measureCorrelation(has.meter, correlated);
  }
  return outcomeOf(result);
}

function changeBy(
  before: TaskRecord,
  { link, media }: Found,
  of: When & { readonly cause: string; readonly linked: TaskRecord['primaryRecordingSid'] },
): { readonly record: TaskRecord; readonly timeline: readonly Omit<TimelineEntry, 'of'>[] } {
  const linkNow = link === undefined ? before.link : linkAfter(before, of.linked, link, of);
  const mediaNow = media === undefined ? before.media : mediaAfter(before, media, of);
  const withLink = link === undefined ? before : applyLink(before, linkNow);
  const line = { occurredAt: of.at, cause: of.cause, actor: 'link-recording' };
  const whyRefused = media?.kind === 'refused' ? { after: `refused: ${media.why}` } : {};
  return {
    record: mediaNow === undefined ? withLink : applyMedia(withLink, mediaNow),
    timeline: [
      ...(link === undefined
        ? []
        : [{ ...line, what: linkHappenings[link.kind], before: before.link.state, after: linkNow.state }]),
      ...(media === undefined
        ? []
        : [
            {
              ...line,
              what: mediaHappenings[media.kind],
              before: (before.media ?? noMedia).state,
              after: (mediaNow ?? noMedia).state,
              ...whyRefused,
            },
          ]),
    ],
  };
}

const linkHappenings: Readonly<Record<LinkFound['kind'], string>> = {
  write: 'link written',
  present: 'link seen',
  kept: 'existing link kept',
  overwritten: 'link overwritten',
};

const mediaHappenings: Readonly<Record<MediaFound['kind'], string>> = {
  write: 'media written',
  present: 'media seen',
  overwritten: 'media overwritten',
  refused: 'media refused',
};

/** Something of ours was written or seen, or the reason why nothing was. */
function outcomeOf({ link, media }: Found): Outcome {
  const isThere = (found: LinkFound | MediaFound | undefined): boolean =>
    found?.kind === 'write' || (found?.kind === 'present' && !('hasKept' in found && found.hasKept));
  if (isThere(link) || isThere(media)) return done;
  const isKept = link?.kind === 'kept' || (media?.kind === 'present' && media.hasKept);
  return ignored(isKept ? 'link-kept' : 'link-settled');
}
