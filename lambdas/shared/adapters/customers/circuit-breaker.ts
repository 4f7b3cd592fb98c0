import { secondsAfter } from '../../domain/seconds-after.ts';

export interface CircuitSettings {
  readonly openAfterFailures: number;
  readonly openSeconds: number;
  readonly now: () => Date;
}

/** Leaves somebody alone who does not answer. */
export interface CircuitBreaker {
  /** True when somebody may be asked now; each true is followed by one `succeeded` or `failed`. */
  mayTry(): boolean;
  succeeded(): void;
  failed(): void;
}

/**
 * Closed until `openAfterFailures` have failed in a row, then open for `openSeconds`; after that one is let through,
 * whose end decides for all.
 */
export function circuitBreaker({ openAfterFailures, openSeconds, now }: CircuitSettings): CircuitBreaker {
  let failures = 0;
  let openUntil: Date | undefined;
  let isTrying = false;
  return {
    mayTry() {
      if (openUntil === undefined) return true;
      if (isTrying || now() < openUntil) return false;
      isTrying = true;
      return true;
    },
    succeeded() {
      failures = 0;
      openUntil = undefined;
      isTrying = false;
    },
    failed() {
      failures += 1;
      isTrying = false;
      if (failures >= openAfterFailures) openUntil = secondsAfter(now(), openSeconds);
    },
  };
}
