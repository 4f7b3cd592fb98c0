import type { SecretSource } from '../../../lambdas/shared/ports/secret-source.ts';
import { Secret } from '../../../lambdas/shared/runtime/secret.ts';

/** A secret in memory. `rotate` is what the next `fresh()` finds; `freshReads` counts how often it was asked. */
export interface MemorySecret<T> extends SecretSource<T> {
  rotate(value: T): void;
  readonly freshReads: number;
}

export function memorySecret<T>(value: T): MemorySecret<T> {
  let kept = new Secret(value);
  let waiting: Secret<T> | undefined;
  let freshReads = 0;
  return {
    current: async () => kept,
    fresh: async () => {
      freshReads += 1;
      kept = waiting ?? kept;
      waiting = undefined;
      return kept;
    },
    rotate(next) {
      waiting = new Secret(next);
    },
    get freshReads() {
      return freshReads;
    },
  };
}
