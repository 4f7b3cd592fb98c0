/** Texts made unreadable for ever: 32 lower-case hex digits of a keyed hash. @throws {RetryableError} while the key cannot be read. */
export interface RequestHash {
  /** The same texts in the same order have the same hash; `purpose` keeps hashes of different things apart. */
  of(purpose: string, texts: readonly string[]): Promise<string>;
}
