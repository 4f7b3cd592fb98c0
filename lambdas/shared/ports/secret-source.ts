import type { Secret } from '../runtime/secret.ts';

/**
 * One secret, read when first used.
 *
 * @throws {RetryableError} when it cannot be read, or when what was read has not the wanted shape: both are faults of
 *   the installation, never of the message that needed it.
 */
export interface SecretSource<T> {
  /** The secret, kept for a stated time. */
  current(): Promise<Secret<T>>;
  /** The secret read again, for when the other side refused it; the kept one when it was read less than a minute ago. */
  fresh(): Promise<Secret<T>>;
}
