import type { ConferenceSid } from '../domain/sids.ts';

/**
 * What the ledger keeps of people beside its records: whom Insights takes somebody for, the labels of those who took
 * part in a conference, and what Calabrio said in its own words. For an erasure alone; what is not there is removed already.
 *
 * @throws {RetryableError} on throttling and broken connections.
 */
export interface PersonalItems {
  removeIdentity(subjectHash: string): Promise<void>;
  removeConference(conferenceSid: ConferenceSid): Promise<void>;
  /** Every contact status that lies under the id. */
  removeInbox(alias: string): Promise<void>;
}
