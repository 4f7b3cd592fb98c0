import { recordingOfOurLink } from './link.ts';
import { arrange, isTranscript, recordingPlayed, recordingsFromTwilio, withoutOurs } from './media-entries.ts';
import type { ListWish, MediaList, MediaPolicy } from './media-entries.ts';
import type { RecordingSid, ReservationSid } from './sids.ts';
import { isObject } from './task-attributes.ts';
import type { TaskAttributes } from './task-attributes.ts';
import type { MediaPlace } from './task-record.ts';

/** One list of the task's media, and what of ours belongs there. */
export interface WantedPlace extends ListWish {
  readonly reservationSid?: ReservationSid;
}

/** What is to be done with a task's media; `attributes` is the whole to send back. */
export type MediaPatch =
  | {
      readonly kind: 'present' | 'write';
      readonly attributes: TaskAttributes;
      /** What is wanted, with the transcripts that are ours. */
      readonly places: readonly MediaPlace[];
      /** Our recording comes first in every place already, whatever else there is to write. */
      readonly isThere: boolean;
      /** In one of the places another's recording comes first and stays so. */
      readonly hasKept: boolean;
      readonly replaced: readonly string[];
      /** What media plays from Twilio after that. */
      readonly fromTwilio: readonly RecordingSid[];
    }
  | { readonly kind: 'unfit'; readonly where: string };

/**
 * Brings our entries into the lists of media where they belong and takes them off all others; the same patch twice is
 * `present`. Every other key and entry stays as it was. `before` is what we wanted there when we last looked: of a
 * transcript only that tells whether it is ours.
 */
export function mediaPatch(
  attributes: TaskAttributes,
  wanted: readonly WantedPlace[],
  before: readonly MediaPlace[],
  policy: Omit<MediaPolicy, 'linkBehind'>,
): MediaPatch {
  const linkBehind = othersLink(attributes, policy.baseUrl);
  const listPolicy: MediaPolicy = { ...policy, ...(linkBehind !== undefined && { linkBehind }) };
  let patched = attributes;
  let hasKept = false;
  const places: MediaPlace[] = [];
  const replaced: string[] = [];
  for (const key of keysOf(attributes, wanted)) {
    const wish = wanted.find(({ reservationSid }) => reservationSid === key);
    const ours = before.find(({ reservationSid }) => reservationSid === key);
    const list = listAt(patched, key);
    if (list === undefined) {
      if (wish === undefined) continue;
      return {
        kind: 'unfit',
        where: key === undefined ? 'conversations.media' : `reservation_attributes.${key}.media`,
      };
    }
    if (wish === undefined) {
      patched = withList(patched, key, list, withoutOurs(list, policy.baseUrl, ours?.transcriptSid));
      continue;
    }
    const arranged = arrange(list, wish, listPolicy);
    const isTranscriptOurs = arranged.kind === 'arranged' && arranged.isTranscriptOurs;
    places.push(placeOf(wish, isTranscriptOurs || (ours?.transcriptSid !== undefined && list.some(isTranscript))));
    if (arranged.kind === 'kept') hasKept = true;
    else {
      patched = withList(patched, key, list, arranged.list);
      if (arranged.replaced !== undefined) replaced.push(arranged.replaced);
    }
  }
  return {
    kind: patched === attributes ? 'present' : 'write',
    attributes: patched,
    places,
    isThere: isMediaInPlace(attributes, places, policy.baseUrl),
    hasKept,
    replaced,
    fromTwilio: [...new Set(listsOf(patched).flatMap((list) => recordingsFromTwilio(list, policy.account)))].sort(),
  };
}

/** True when our recording comes first in each of the places, and a transcript is where we put one alone. */
export function isMediaInPlace(attributes: TaskAttributes, places: readonly MediaPlace[], baseUrl: string): boolean {
  return places.every(({ reservationSid, recordingSid }) => {
    const list = listAt(attributes, reservationSid) ?? [];
    return recordingSid === undefined ? list.some(isTranscript) : recordingPlayed(list, baseUrl) === recordingSid;
  });
}

function othersLink(attributes: TaskAttributes, baseUrl: string): string | undefined {
  const link = holderAt(attributes, undefined)?.['segment_link'];
  if (typeof link !== 'string' || link === '') return undefined;
  return recordingOfOurLink(baseUrl, link) === undefined ? link : undefined;
}

function placeOf({ reservationSid, recordingSid, startedAt, transcriptSid }: WantedPlace, isOurs: boolean): MediaPlace {
  return {
    ...(reservationSid !== undefined && { reservationSid }),
    ...(recordingSid !== undefined && { recordingSid }),
    ...(startedAt !== undefined && { startedAt }),
    ...(isOurs && transcriptSid !== undefined && { transcriptSid }),
  };
}

type ListKey = string | undefined;

/** The task's own list, each reservation's, and those that are wanted and not there. */
function keysOf(attributes: TaskAttributes, wanted: readonly WantedPlace[]): readonly ListKey[] {
  const reservations = attributes['reservation_attributes'];
  return [
    ...new Set<ListKey>([
      undefined,
      ...(isObject(reservations) ? Object.keys(reservations) : []),
      ...wanted.map(({ reservationSid }) => reservationSid),
    ]),
  ];
}

function listsOf(attributes: TaskAttributes): readonly MediaList[] {
  return keysOf(attributes, []).map((key) => listAt(attributes, key) ?? []);
}

/** Undefined where something lies that is no list, or no object on the way to it. */
function listAt(attributes: TaskAttributes, key: ListKey): MediaList | undefined {
  const holder = holderAt(attributes, key);
  const list = holder === undefined ? undefined : (holder['media'] ?? []);
  return Array.isArray(list) ? list : undefined;
}

function holderAt(attributes: TaskAttributes, key: ListKey): TaskAttributes | undefined {
  const outer = attributes[key === undefined ? 'conversations' : 'reservation_attributes'] ?? {};
  if (!isObject(outer)) return undefined;
  const holder = key === undefined ? outer : (outer[key] ?? {});
  return isObject(holder) ? holder : undefined;
}

/** The very attributes where the list is as it was; no `media` where nothing is left in it. */
function withList(attributes: TaskAttributes, key: ListKey, before: MediaList, list: MediaList): TaskAttributes {
  // As texts, because that is what would be sent: the same text is no write.
  if (JSON.stringify(before) === JSON.stringify(list)) return attributes;
  const { media: _before, ...rest } = holderAt(attributes, key) ?? {};
  const holder = list.length === 0 ? rest : { ...holderAt(attributes, key), media: list };
  if (key === undefined) return { ...attributes, conversations: holder };
  const reservations = attributes['reservation_attributes'];
  return { ...attributes, reservation_attributes: { ...(isObject(reservations) ? reservations : {}), [key]: holder } };
}
