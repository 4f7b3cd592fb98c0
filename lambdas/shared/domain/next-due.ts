import type { RecordingRecord } from './recording-record.ts';

/** When reconcile next takes the recording up: for its copy or for its plan, whichever is sooner. */
export function nextDueAt({ dueAt, reviewAt }: RecordingRecord): Date | undefined {
  if (dueAt === undefined || reviewAt === undefined) return dueAt ?? reviewAt;
  return dueAt < reviewAt ? dueAt : reviewAt;
}
