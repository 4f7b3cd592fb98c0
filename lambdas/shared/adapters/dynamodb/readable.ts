import { RetryableError } from '../../domain/outcome.ts';

/** What is stored was written by us: if it cannot be read, the code is older or wrong, and a deployment mends it. */
export function readable<R>(of: string, decode: () => R): R {
  try {
    return decode();
  } catch (cause) {
    throw new RetryableError(`what the ledger holds of ${of} cannot be read by this version of the code`, {
      reason: 'ledger-unreadable',
      cause,
    });
  }
}
