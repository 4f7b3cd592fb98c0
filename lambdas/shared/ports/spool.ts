import type { Readable } from 'node:stream';

/** Bytes put down on the function's own disk, because their length must be known before they are sent on. */
export interface SpooledStream {
  readonly sizeBytes: number;
  /** Reads the bytes from their beginning; may be called again until `discard`. */
  open(): Readable;
  /** Removes the bytes. The caller owes exactly this, whatever went wrong before; a second call does nothing. */
  discard(): Promise<void>;
}

export interface Spool {
  /**
   * Reads `source` to its end and keeps it until `discard`, in bounded memory. Nothing is left behind when it fails.
   *
   * @throws {RetryableError} `spool-failed` when the source broke or the disk is full.
   */
  keep(source: Readable): Promise<SpooledStream>;
}
