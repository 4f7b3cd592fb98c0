/**
 * The certificates of erasures, kept for ever under `erasures/`: JSON with SIDs, counts and keyed hashes.
 *
 * @throws {RetryableError} on throttling, 5xx and broken connections.
 */
export interface Certificates {
  /** Puts it there, over what was there: a later one says more. */
  put(erasureId: string, json: string): Promise<void>;
  /** Undefined when there is none. */
  read(erasureId: string): Promise<string | undefined>;
}
