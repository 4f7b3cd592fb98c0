import type { SettledLine } from '../../../lambdas/shared/runtime/log.ts';
import type { ReadMessage, WorkerParts } from '../../../lambdas/shared/runtime/queue-worker.ts';
import { memoryFates } from './memory-fates.ts';

export interface TestMessage extends ReadMessage {
  readonly say?: string;
}

/** Parts of a worker that reads any body as a message of a test route and does nothing with it, with `parts` instead where given. */
export function workerParts(parts: Partial<WorkerParts<TestMessage>> = {}): WorkerParts<TestMessage> {
  return {
    functionName: 'enrich-task',
    read: (body) => ({ route: 'internal/test', say: body }),
    work: async () => ({ kind: 'done' }),
    fates: memoryFates(),
    report: { settled: () => undefined },
    now: () => new Date('2026-11-20T09:00:05Z'),
    random: () => 0.5,
    ...parts,
  };
}

/** A report that keeps the lines. */
export function keptLines(): {
  readonly lines: readonly SettledLine[];
  readonly report: { settled(line: SettledLine): void };
} {
  const lines: SettledLine[] = [];
  return { lines, report: { settled: (line) => void lines.push(line) } };
}

/** What a worker needs of Lambda's context. */
export const oneMinuteLeft = { getRemainingTimeInMillis: () => 60_000 };
