/** One object as a list shows it. */
export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
}

/**
 * What reconcile compares with the ledger and where it puts its findings.
 *
 * @throws {RetryableError} on throttling, 5xx and broken connections.
 */
export interface ArchiveReports {
  /** The objects under `prefix` as they lie there now, all pages, without older versions. */
  list(prefix: string): Promise<readonly ListedObject[]>;
  /** Puts a report under `reports/`, over what was there. */
  putReport(key: string, text: string, contentType: 'application/json' | 'text/csv'): Promise<void>;
  /** The text of a report as it lies there now; undefined when there is none. */
  readReport(key: string): Promise<string | undefined>;
}
