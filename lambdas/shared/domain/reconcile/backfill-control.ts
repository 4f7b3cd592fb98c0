/** How far a backfill has come: one at a time in a pipeline, and gone on with wherever it was left. */
export interface BackfillControl {
  readonly version: number;
  /** UTC days, both included. */
  readonly from: string;
  readonly to: string;
  /** Every day until this one is done; absent before the first. */
  readonly doneUntil?: string;
  readonly counts: BackfillCounts;
  readonly at: Date;
}

/** What was met on the days that are done. */
export interface BackfillCounts {
  readonly found: number;
  readonly sent: number;
  /** Archived already, or on their way. */
  readonly known: number;
  readonly tombstoned: number;
  /** Deleted at Twilio, absent or failed: there is no sound to archive. */
  readonly empty: number;
  /** Of those sent, each begun minute counted whole, as Twilio bills storage. */
  readonly minutes: number;
  readonly bytes: number;
  /** Of those sent, the ones that a customer's number leads to; absent where an older backfill did the days. */
  readonly ofPersons?: number;
}

export const nothingYet: BackfillCounts = {
  found: 0,
  sent: 0,
  known: 0,
  tombstoned: 0,
  empty: 0,
  minutes: 0,
  bytes: 0,
};
