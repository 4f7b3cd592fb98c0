import type { AccountSid } from '../domain/sids.ts';
import type { RecordingResource } from './recordings.ts';

export interface RecordingPage {
  readonly recordings: readonly RecordingResource[];
  /** Opaque; absent on the last page. */
  readonly nextPage?: string;
}

/**
 * The account's recordings by the day on which they were made.
 *
 * @throws {RetryableError} on 401, 403, 408, 429, 5xx and broken connections; `Retry-After` is kept when there is one.
 */
export interface RecordingList {
  /**
   * One page of those made from `from` on and before `to`, in Twilio's order, deleted ones of the last 40 days too
   * where asked for. Twilio's filter knows whole days in UTC only: what it gives too much is left out here.
   * (https://www.twilio.com/docs/voice/api/recording, read 2026-11)
   */
  page(
    accountSid: AccountSid,
    of: { readonly from: Date; readonly to: Date; readonly alsoDeleted: boolean; readonly page?: string },
  ): Promise<RecordingPage>;
}
