import type { RecordingPause, RecordingRecord, SourceStatus } from './recording-record.ts';

/**
 * The times in which the recording was paused, after Twilio said at `at` that its status is `status`; the same news
 * again changes nothing.
 *
 * `paused` begins a pause where none is open, `in-progress` ends the open one. A recording that ends while it is paused
 * was paused to its end: that pause stays open. News that is older than what is known of an interval says nothing new.
 */
export function pausesAfter(
  pauses: readonly RecordingPause[],
  status: SourceStatus,
  at: Date,
): readonly RecordingPause[] {
  const open = pauses.find(({ until }) => until === undefined);
  if (status === 'paused') {
    const isKnown = pauses.some(({ from, until }) => from <= at && (until === undefined || at <= until));
    if (isKnown) return pauses;
    // News of a pause's beginning that comes after a later word of the same pause only moves it forward.
    const others = open === undefined ? pauses : pauses.filter((pause) => pause !== open);
    return [...others, { from: at }].sort((a, b) => a.from.getTime() - b.from.getTime());
  }
  if (status !== 'in-progress' || open === undefined || at <= open.from) return pauses;
  return pauses.map((pause) => (pause === open ? { ...pause, until: at } : pause));
}

/** The recording with what the news says of its pauses; untouched where it says nothing of them. */
export function withPauses(recording: RecordingRecord, status: SourceStatus, at: Date): RecordingRecord {
  const before = recording.pauses ?? [];
  const pauses = pausesAfter(before, status, at);
  return pauses === before ? recording : { ...recording, pauses };
}
