import { isLinkWindowOpen } from '../shared/domain/task-life.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import type { TaskLink, TaskMedia, TaskRecord } from '../shared/domain/task-record.ts';
import { areSamePlaces } from '../shared/domain/wanted-media.ts';
import type { LinkFound, MediaFound } from './edit-task.ts';
import { noMedia, seenState } from './facets.ts';

/** `at`: when Twilio had answered. `seenAt`: before it was asked, so that no later moment is called the one it was seen at. */
export interface When {
  readonly at: Date;
  readonly seenAt: Date;
}

/** `linked` is the recording that was written: the ledger may have chosen another one meanwhile. */
export function linkAfter(
  task: TaskRecord,
  linked: RecordingSid | undefined,
  found: LinkFound,
  { at, seenAt }: When,
): TaskLink {
  const { link } = task;
  const primary = linked === undefined ? {} : { recordingSid: linked };
  switch (found.kind) {
    case 'kept':
    case 'overwritten':
      return { ...link, state: found.kind };
    case 'present':
      return {
        ...link,
        ...primary,
        state: seenState(task, link, at),
        seenAt,
        ...(link.writtenAt === undefined && { writtenAt: at }),
      };
    case 'write':
      return {
        ...link,
        ...primary,
        state: isLinkWindowOpen(task, at) ? 'written' : 'late',
        writes: link.writes + 1,
        writtenAt: at,
        seenAt,
        // The first link that we replaced is the original; what is overwritten later is somebody's stale copy of it.
        ...(link.replaced === undefined && found.replaced !== undefined && { replaced: found.replaced }),
      };
  }
}

/** What is known of the media after one more look or write; writes are counted anew whenever the places are others. */
export function mediaAfter(task: TaskRecord, found: MediaFound, { at, seenAt }: When): TaskMedia {
  const media = task.media ?? noMedia;
  switch (found.kind) {
    case 'overwritten':
    case 'refused':
      return { ...media, state: found.kind };
    case 'present':
      return {
        ...media,
        ...seenThere(found),
        state: stateOf(found, seenState(task, media, at)),
        ...(found.hasKept ? {} : { seenAt, writtenAt: media.writtenAt ?? at }),
      };
    case 'write':
      return {
        ...media,
        ...seenThere(found),
        state: stateOf(found, isLinkWindowOpen(task, at) ? 'written' : 'late'),
        writes: areSamePlaces(found.places, media.places) ? media.writes + 1 : 1,
        writtenAt: at,
        seenAt,
        ...(media.replaced === undefined && found.replaced.length > 0 && { replaced: found.replaced }),
      };
  }
}

type There = Extract<MediaFound, { kind: 'present' | 'write' }>;

function seenThere({ places, fromTwilio }: There): Pick<TaskMedia, 'places' | 'fromTwilio'> {
  return { places, fromTwilio };
}

/** One place that is another's keeps the whole from being ours, and with no place nothing of ours is left there. */
function stateOf({ hasKept, places }: There, there: 'written' | 'late'): TaskMedia['state'] {
  if (hasKept) return 'kept';
  return places.length === 0 ? 'removed' : there;
}
