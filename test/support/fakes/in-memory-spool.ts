import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { Spool } from '../../../lambdas/shared/ports/spool.ts';

/** A spool in memory that knows how many streams are kept and not discarded. */
export interface InMemorySpool extends Spool {
  keptCount(): number;
}

export function inMemorySpool(): InMemorySpool {
  const kept = new Set<Buffer>();
  return {
    async keep(source) {
      const bytes = await buffer(source).catch((cause: unknown) => {
        throw new RetryableError('the stream could not be spooled', { reason: 'spool-failed', cause });
      });
      kept.add(bytes);
      return {
        sizeBytes: bytes.length,
        open: () => Readable.from([bytes], { objectMode: false }),
        discard: async () => void kept.delete(bytes),
      };
    },
    keptCount: () => kept.size,
  };
}
