import { startTime } from './media-entries.ts';
import type { WantedPlace } from './media-patch.ts';
import { bestRecording } from './primary-recording.ts';
import type { ReservationSid } from './sids.ts';
import type { MediaPlace, TaskRecord, TaskRecording } from './task-record.ts';
import { isDigital } from './task-sound.ts';

/** What a stage wants of a task's media. */
export interface MediaWish {
  /** Recordings are put there: link modes `media` and `both`. */
  readonly recordings: boolean;
  /** The transcript of a task in writing is put there too. */
  readonly transcripts: boolean;
}

/**
 * Where our entries belong in the task's media, from what the ledger knows.
 *
 * The recording of the whole call belongs to the task, the recordings of one agent's part each to that reservation, whose
 * media Insights shows in place of the task's. A recording without sound belongs nowhere. Where the task has a
 * conversation, its transcript goes along, because any media takes the place of the one that Insights shows by itself.
 */
export function wantedMedia(task: TaskRecord, wish: MediaWish): readonly WantedPlace[] {
  const [conversation] = task.conversationSids;
  const transcript = conversation === undefined ? {} : { transcriptSid: conversation };
  if (!wish.recordings) return inWriting(task, wish, transcript);
  const whole = wholeRecording(task);
  const places = [
    ...(whole === undefined ? [] : [placeOf(task, whole, undefined)]),
    ...partsOf(task).map(({ recording, reservationSid }) => placeOf(task, recording, reservationSid)),
  ].map((place) => ({ ...place, ...transcript }));
  return places.length === 0 ? inWriting(task, wish, transcript) : places;
}

/** True when what is wanted is what was wanted when we last looked, transcripts aside. */
export function areSamePlaces(wanted: readonly WantedPlace[], before: readonly MediaPlace[]): boolean {
  const spelt = (places: readonly (WantedPlace | MediaPlace)[]): readonly string[] =>
    places
      .map(({ reservationSid, recordingSid, startedAt }) =>
        [reservationSid, recordingSid, startedAt?.getTime()].join(' '),
      )
      .sort();
  return spelt(wanted).join() === spelt(before).join();
}

function inWriting(
  task: TaskRecord,
  { transcripts }: MediaWish,
  transcript: Pick<WantedPlace, 'transcriptSid'>,
): readonly WantedPlace[] {
  return transcripts && isDigital(task) && transcript.transcriptSid !== undefined ? [transcript] : [];
}

/** The recording that the link names, unless it is one agent's part; a choice that was made is only left with its sound. */
function wholeRecording(task: TaskRecord): TaskRecording | undefined {
  const whole = task.recordings.filter(({ isAbsent, reservationSid }) => !isAbsent && reservationSid === undefined);
  const chosen = task.media?.places.find(({ reservationSid }) => reservationSid === undefined)?.recordingSid;
  const named = (sid: TaskRecording['recordingSid'] | undefined): TaskRecording | undefined =>
    whole.find(({ recordingSid }) => recordingSid === sid);
  return named(task.primaryRecordingSid) ?? named(chosen) ?? bestRecording(whole);
}

/** Of two recordings of one reservation the best is played, as of two of the task. */
function partsOf(
  task: TaskRecord,
): readonly { readonly recording: TaskRecording; readonly reservationSid: ReservationSid }[] {
  const parts = task.recordings.filter(({ isAbsent }) => !isAbsent);
  const reservations = new Set(parts.flatMap(({ reservationSid }) => reservationSid ?? []));
  return [...reservations].flatMap((reservationSid) => {
    const recording = bestRecording(parts.filter((part) => part.reservationSid === reservationSid));
    return recording === undefined ? [] : [{ recording, reservationSid }];
  });
}

function placeOf(
  task: TaskRecord,
  { recordingSid, startedAt }: TaskRecording,
  reservationSid: ReservationSid | undefined,
): WantedPlace {
  const acceptedAt = acceptedFirst(task, reservationSid);
  return {
    recordingSid,
    ...(reservationSid !== undefined && { reservationSid }),
    ...(startedAt !== undefined && { startedAt: startTime(startedAt, acceptedAt) }),
    ...(acceptedAt !== undefined && { startsNoLaterThan: acceptedAt }),
  };
}

/** When the reservation was accepted, or of the whole task the first one. */
function acceptedFirst({ legs }: TaskRecord, reservationSid: ReservationSid | undefined): Date | undefined {
  return legs
    .filter((leg) => reservationSid === undefined || leg.reservationSid === reservationSid)
    .map(({ acceptedAt }) => acceptedAt)
    .reduce((first, at) => (first === undefined || (at !== undefined && at < first) ? at : first), undefined);
}
