import { RetryableError } from '../shared/domain/outcome.ts';

/** A stream that broke while it was read: the world's fault, so it is opened again with the next receive. */
export function brokenOff(what: string, cause: unknown): RetryableError {
  return new RetryableError(`${what} broke off while it was read`, { reason: 'stream-broken', cause });
}
