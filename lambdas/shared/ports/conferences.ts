import type { ConferenceRecord } from '../domain/conference-record.ts';
import type { AccountSid, CallSid, ConferenceSid } from '../domain/sids.ts';
import type { SaveResult } from './ledger.ts';

/** A conference as Twilio gives it; who left is no longer in its list of participants. */
export interface ConferenceResource {
  readonly conferenceSid: ConferenceSid;
  readonly status: string;
  /** `reason_conference_ended`, for example `last-participant-left`. */
  readonly reasonEnded?: string;
  readonly callSidEnding?: CallSid;
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
