/** The ring of link keys: `signingKeyId` names the one that signs, all of them verify. A key is 32 random bytes. */
export interface LinkKeyRing {
  readonly signingKeyId: string;
  readonly keys: Readonly<Record<string, Buffer>>;
}

export interface LinkKeys {
  /** The ring, kept for a stated time. @throws {RetryableError} when the secret cannot be read. */
  ring(): Promise<LinkKeyRing>;
  /** The ring read afresh, at most once a minute; the same ring when it was read less than a minute ago. */
  freshRing(): Promise<LinkKeyRing>;
}
