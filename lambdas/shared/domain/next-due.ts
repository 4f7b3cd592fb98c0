import type { RecordingRecord } from './recording-record.ts';

/** When reconcile next takes the recording up: for its copy or for its plan, whichever is sooner; never once it is erased. */
export function nextDueAt({ dueAt, reviewAt, erasure }: RecordingRecord): Date | undefined {
  if (erasure.state === 'erased') return undefined;
  if (dueAt === undefined || reviewAt === undefined) return dueAt ?? reviewAt;
  return dueAt < reviewAt ? dueAt : reviewAt;
}
