/** A person's key made unreadable: HMAC-SHA256 over `kind:value` with the stage's subject-index key, base64url. */
export interface SubjectHash {
  /** `value` normalised: E.164, lower-case e-mail, or an external id. @throws {RetryableError} while the key cannot be read. */
  of(kind: 'phone' | 'email' | 'external_id', value: string): Promise<string>;
}

/** Which identity a person's keys first had; what is remembered never changes. @throws {RetryableError} */
export interface IdentityMap {
  /** Read consistently; undefined where the key is new. */
  read(subjectHash: string): Promise<string | undefined>;
  /** Remembers it unless there is one already; resolves to the one that now stands. */
  remember(subjectHash: string, identity: string, at: Date): Promise<string>;
}
