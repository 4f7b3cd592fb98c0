import { sids } from '../example-sids.ts';
import type { Journey } from './pipeline.ts';

/** Where a call has come to rest: what the archive, the ledger and the dead-letter queues say of it. */
export interface Rest {
  readonly archive: string;
  readonly isByteForByte: boolean;
  readonly link: string;
  /** Seconds from the task's end to the last time our link was seen on it; negative when that was before. */
  readonly seenAfterEndSeconds: number | undefined;
  readonly legs: number;
  readonly isSettled: boolean;
  readonly deadLetters: readonly string[];
}

export async function restOf(journey: Journey, sound: Buffer, n = 1, day = '2026/03/02'): Promise<Rest> {
  const task = await journey.ledger.readTask(sids.task(n));
  const recording = await journey.ledger.readRecording(sids.recording(n));
  const stored = journey.archive.bytesOf(`${sids.account()}/${day}/${sids.recording(n)}.wav`);
  const { endedAt, link } = task ?? {};
  return {
    archive: recording?.archive.state ?? 'unknown to the ledger',
    isByteForByte: stored?.equals(sound) ?? false,
    link: link?.state ?? 'unknown to the ledger',
    seenAfterEndSeconds:
      endedAt === undefined || link?.seenAt === undefined
        ? undefined
        : (link.seenAt.getTime() - endedAt.getTime()) / 1000,
    legs: task?.legs.length ?? 0,
    isSettled: task?.settledAt !== undefined,
    deadLetters: journey.deadLetters.map(({ reason }) => reason),
  };
}

/** How a call rests when all went well. */
export const atRest = {
  archive: 'verified',
  isByteForByte: true,
  link: 'written',
  legs: 1,
  isSettled: true,
  deadLetters: [],
} as const;
