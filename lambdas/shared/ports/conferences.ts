import type { ConferenceFacts } from '../domain/conference-exits.ts';
import type { ConferenceRecord } from '../domain/conference-record.ts';
import type { AccountSid, ConferenceSid, TaskSid } from '../domain/sids.ts';
import type { SaveResult } from './ledger.ts';

/** A conference as Twilio gives it; who left is no longer in its list of participants. */
export interface ConferenceResource extends ConferenceFacts {
  readonly conferenceSid: ConferenceSid;
  /**
   * The task that the conference is named after, as Flex names it; absent where its name is any other. It is a custom of
   * Flex's and no promise: Twilio's own plug-ins find a task's conferences by it.
   * (https://github.com/twilio-professional-services/flex-project-template,
   * serverless-functions/src/functions/features/internal-call/flex/cleanup-rejected-task.js, read 2026-11)
   */
  readonly taskSid?: TaskSid;
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
