import { isTombstoned } from './erasure/erasure-life.ts';
import type { RecordingRecord } from './recording-record.ts';

/** When reconcile next takes the recording up: for its copy or for its plan, whichever is sooner; never once its erasure was asked for. */
export function nextDueAt(recording: RecordingRecord): Date | undefined {
  if (isTombstoned(recording)) return undefined;
  const { dueAt, reviewAt } = recording;
  if (dueAt === undefined || reviewAt === undefined) return dueAt ?? reviewAt;
  return dueAt < reviewAt ? dueAt : reviewAt;
}
