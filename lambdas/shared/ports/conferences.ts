import type { ConferenceFacts } from '../domain/conference-exits.ts';
import type { ConferenceRecord } from '../domain/conference-record.ts';
import type { AccountSid, ConferenceSid } from '../domain/sids.ts';
import type { SaveResult } from './ledger.ts';

/** A conference as Twilio gives it; who left is no longer in its list of participants. */
export interface ConferenceResource extends ConferenceFacts {
  readonly conferenceSid: ConferenceSid;
}

/** @throws {RetryableError} as `Tasks`. */
export interface Conferences {
  fetch(
    account: AccountSid,
    sid: ConferenceSid,
  ): Promise<{ readonly kind: 'conference'; readonly conference: ConferenceResource } | { readonly kind: 'gone' }>;
}

/** What the conference callbacks told, kept for 30 days; saved on the version that was read. @throws {RetryableError} */
export interface ConferenceRecords {
  readConference(sid: ConferenceSid): Promise<ConferenceRecord | undefined>;
  saveConference(record: ConferenceRecord): Promise<SaveResult>;
}
