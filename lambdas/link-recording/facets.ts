import { isLinkWindowOpen } from '../shared/domain/task-life.ts';
import { linkSettledAfterSeconds, maxLinkWrites } from '../shared/domain/link.ts';
import type { WantedPlace } from '../shared/domain/media-patch.ts';
import type { IgnoreReason } from '../shared/domain/outcome.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import type { TaskLink, TaskMedia, TaskRecord } from '../shared/domain/task-record.ts';
import { areSamePlaces } from '../shared/domain/wanted-media.ts';
import type { LinkRecording } from '../shared/messages/work-message.ts';

/** The media of a task of which nothing was wanted yet. */
export const noMedia: TaskMedia = { state: 'none', places: [], writes: 0, fromTwilio: [] };

/** What is owed to a task: the link that is to be there, the places in its media, or both. */
export interface Owed {
  readonly link?: string;
  readonly media?: readonly WantedPlace[];
}

/** What is still to be written or looked at of what is wanted, or why nothing is. */
export function stillOwed(
  task: TaskRecord,
  wanted: Owed,
  why: LinkRecording['why'],
  now: Date,
): Owed | { readonly nothing: IgnoreReason } {
  const media = wanted.media === undefined ? undefined : placesInForce(task, wanted.media, now);
  const before = task.media ?? noMedia;
  // A link that is another's stays so for whichever recording of ours.
  const isSameLink = task.link.state === 'kept' || task.link.recordingSid === task.primaryRecordingSid;
  const whyNoLink = wanted.link === undefined ? undefined : whyNothing(task, task.link, isSameLink, why, now);
  const whyNoMedia =
    media === undefined ? undefined : whyNothing(task, before, areSamePlaces(media, before.places), why, now);
  const owed: Owed = {
    ...(wanted.link !== undefined && whyNoLink === undefined && { link: wanted.link }),
    ...(media !== undefined && whyNoMedia === undefined && { media }),
  };
  if (owed.link !== undefined || owed.media !== undefined) return owed;
  return { nothing: whyNoLink ?? whyNoMedia ?? 'no-recording-known' };
}

type Facet = Pick<TaskLink | TaskMedia, 'state' | 'seenAt'>;

/** After the window only what was there is looked for: Insights reads nothing new any more. */
function placesInForce(task: TaskRecord, wanted: readonly WantedPlace[], now: Date): readonly WantedPlace[] {
  return isLinkWindowOpen(task, now) || (task.media ?? noMedia).state === 'none'
    ? wanted
    : (task.media ?? noMedia).places;
}

/** `isSame`: what was last seen there is what is wanted. */
function whyNothing(
  task: TaskRecord,
  facet: Facet,
  isSame: boolean,
  why: LinkRecording['why'],
  now: Date,
): IgnoreReason | undefined {
  const isSeen = (facet.state === 'written' || facet.state === 'late') && isSame;
  if (isSeen && why === 'announced') return 'link-settled';
  // A check that comes late, or again, may still look: without a look after the end nobody knows that the link has stayed.
  const isWorthALook = why === 'check' && facet.state === 'written' && !hasStayed(task, facet);
  if (!isLinkWindowOpen(task, now) && facet.state !== 'none' && !isWorthALook) return 'window-closed';
  if (facet.state === 'kept' && why === 'announced' && isSame) return 'link-kept';
  return isSeen && why === 'check' && hasStayed(task, facet) ? 'link-settled' : undefined;
}

function hasStayed({ endedAt }: TaskRecord, { seenAt }: Facet): boolean {
  return endedAt !== undefined && seenAt !== undefined && seenAt >= secondsAfter(endedAt, linkSettledAfterSeconds);
}

/** What was written as often as it may be is still looked at, and so is what was there until the window closed. */
export function isOnlyLookedAt(task: TaskRecord, facet: Facet & { readonly writes: number }, at: Date): boolean {
  return facet.writes >= maxLinkWrites || (facet.state === 'written' && !isLinkWindowOpen(task, at));
}

/** What was there in time and is there still stays so; what is first seen after the window is late, like a write. */
export function seenState(task: TaskRecord, facet: Facet, at: Date): 'written' | 'late' {
  return facet.state === 'written' || isLinkWindowOpen(task, at) ? 'written' : 'late';
}
