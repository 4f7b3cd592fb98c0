import { linkPatch } from '../shared/domain/link.ts';
import type { LinkPatch, OnExistingLink } from '../shared/domain/link.ts';
import { mediaPatch } from '../shared/domain/media-patch.ts';
import type { MediaPatch } from '../shared/domain/media-patch.ts';
import { attributesText, maxAttributesCharacters } from '../shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../shared/domain/task-attributes.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { areSamePlaces } from '../shared/domain/wanted-media.ts';
import { notAnObject } from '../shared/steps/edit-attributes.ts';
import type { AttributesEdit } from '../shared/steps/edit-attributes.ts';
import { isOnlyLookedAt, noMedia } from './facets.ts';
import type { Owed } from './facets.ts';

export type LinkFound = Exclude<LinkPatch, { kind: 'not-an-object' }> | { readonly kind: 'overwritten' };

type MediaThere = Exclude<MediaPatch, { kind: 'unfit' }>;

/** `refused`: the link was written without it, because there is no room or the place is not what it should be. */
export type MediaFound =
  MediaThere | { readonly kind: 'overwritten' } | { readonly kind: 'refused'; readonly why: string };

/** What became of each of what was owed. */
export interface Found {
  readonly link?: LinkFound;
  readonly media?: MediaFound;
}

export interface EditNeeds {
  readonly linkBaseUrl: string;
  readonly onExistingLink: OnExistingLink;
}

/**
 * Puts link and media into one and the same write, of which the link comes first: where both do not fit into the
 * attributes, it is written alone.
 *
 * @throws {PermanentError} `attributes-not-an-object` where there is no place for the link, or for media without a link.
 */
export function editTask(
  has: EditNeeds,
  task: TaskRecord,
  owed: Owed,
  at: Date,
): (attributes: TaskAttributes) => AttributesEdit<Found> {
  return (attributes) => {
    const link = owed.link === undefined ? undefined : linkFound(has, task, owed.link, attributes, at);
    const linked = link?.kind === 'write' ? link.attributes : attributes;
    const media = owed.media === undefined ? undefined : mediaFound(has, task, owed, linked, at);
    const result: Found = { ...(link !== undefined && { link }), ...(media !== undefined && { media }) };
    if (media?.kind === 'write') return { kind: 'write', attributes: media.attributes, result };
    return link?.kind === 'write' ? { kind: 'write', attributes: linked, result } : { kind: 'leave', result };
  };
}

function linkFound(has: EditNeeds, task: TaskRecord, link: string, attributes: TaskAttributes, at: Date): LinkFound {
  const patch = linkPatch(attributes, link, {
    onExistingLink: has.onExistingLink,
    // Seen counts like written: the function that wrote it may have died before the ledger knew.
    hasBeenOurs: task.link.seenAt !== undefined,
    baseUrl: has.linkBaseUrl,
  });
  if (patch.kind === 'not-an-object') throw notAnObject(task.taskSid, 'its conversations attribute is not an object');
  return patch.kind === 'write' && isOnlyLookedAt(task, task.link, at) ? { kind: 'overwritten' } : patch;
}

function mediaFound(has: EditNeeds, task: TaskRecord, owed: Owed, attributes: TaskAttributes, at: Date): MediaFound {
  const before = task.media ?? noMedia;
  const wanted = owed.media ?? [];
  const patch = mediaPatch(attributes, wanted, before.places, {
    baseUrl: has.linkBaseUrl,
    account: task.accountSid,
    onExistingLink: has.onExistingLink,
    hasBeenOurs: before.seenAt !== undefined,
  });
  if (patch.kind === 'unfit') {
    if (isMediaAlone(task, owed)) throw notAnObject(task.taskSid, `its ${patch.where} is not a list`);
    return { kind: 'refused', why: `${patch.where} is not a list` };
  }
  if (patch.kind === 'present') return patch;
  const isNew = !areSamePlaces(wanted, before.places);
  if (isOnlyLookedAt(task, isNew ? { ...before, writes: 0 } : before, at))
    return patch.isThere ? { ...patch, kind: 'present' } : { kind: 'overwritten' };
  const { length } = attributesText(patch.attributes);
  // Without a link to write or to find there, what does not fit is refused as a whole.
  return !isMediaAlone(task, owed) && length > maxAttributesCharacters
    ? { kind: 'refused', why: `${length} characters, ${maxAttributesCharacters} are allowed` }
    : patch;
}

/** No link plays the recording, nor is to: what cannot be put into media is then a person's to see. */
function isMediaAlone({ link }: TaskRecord, owed: Owed): boolean {
  return owed.link === undefined && !['written', 'late', 'kept'].includes(link.state);
}
