/** What Calabrio's API knows of one contact. */
export interface CalabrioContact {
  readonly ccrId: number;
  /** Undefined where the answer does not say. */
  readonly isAudioUploaded?: boolean;
  /** The contact's custom metadata, by Calabrio's names. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Other ids of the contact that may be ours: associated call, ICM call and external id. */
  readonly otherIds: readonly string[];
}

/**
 * Contacts of Calabrio's QM API.
 *
 * @throws {RetryableError} `calabrio-credentials` on 401 also after signing in afresh, `calabrio-rate-limited` on 429,
 *   `calabrio-unavailable` on 408, 5xx and broken connections.
 */
export interface CalabrioContacts {
  /** The contact; undefined when Calabrio has none of that id. */
  fetch(ccrId: number): Promise<CalabrioContact | undefined>;
}
