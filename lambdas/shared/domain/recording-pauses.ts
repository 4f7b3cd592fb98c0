import type { RecordingPause, RecordingRecord, SourceStatus } from './recording-record.ts';

/**
 * The times in which the recording was paused, after Twilio said at `at` that its status is `status`; the same news
 * again changes nothing, and news that comes late says nothing of the pauses after it.
 *
 * `paused` begins a pause where none is, `in-progress` ends the one that it falls into. A recording that ends while it is
 * paused was paused to its end: that pause stays open.
 */
export function pausesAfter(
  pauses: readonly RecordingPause[],
  status: SourceStatus,
  at: Date,
): readonly RecordingPause[] {
  if (status === 'paused') return pauses.some((pause) => isIn(pause, pauses, at)) ? pauses : withPauseAt(pauses, at);
  if (status !== 'in-progress') return pauses;
  const open = pauses.find((pause) => pause.until === undefined && pause.from < at && isIn(pause, pauses, at));
  return open === undefined ? pauses : pauses.map((pause) => (pause === open ? { ...pause, until: at } : pause));
}

/** A pause of which no end is known has one at the next at the latest. */
function isIn({ from, until }: RecordingPause, pauses: readonly RecordingPause[], at: Date): boolean {
  const end = until ?? nextAfter(pauses, from)?.from;
  return from <= at && (end === undefined || at <= end);
}

/** An earlier word of the same pause's beginning only moves it forward. */
function withPauseAt(pauses: readonly RecordingPause[], at: Date): readonly RecordingPause[] {
  const next = nextAfter(pauses, at);
  const others = next?.until === undefined ? pauses.filter((pause) => pause !== next) : pauses;
  return [...others, { from: at }].sort((a, b) => a.from.getTime() - b.from.getTime());
}

/** The next that begins later; they are in the order of their beginnings. */
function nextAfter(pauses: readonly RecordingPause[], at: Date): RecordingPause | undefined {
  return pauses.find(({ from }) => from > at);
}

/** The recording with what the news says of its pauses; untouched where it says nothing of them. */
export function withPauses(recording: RecordingRecord, status: SourceStatus, at: Date): RecordingRecord {
  const before = recording.pauses ?? [];
  const pauses = pausesAfter(before, status, at);
  return pauses === before ? recording : { ...recording, pauses };
}
