import type { AccountSid, CallSid } from '../domain/sids.ts';

/** The two ends of a call: numbers, or what else is called, such as `client:ada`. They are personal data: never logged. */
export interface CallEnds {
  readonly from?: string;
  readonly to?: string;
  /** Absent where Twilio says neither, as of SIP trunking. */
  readonly direction?: 'inbound' | 'outbound';
}

/** @throws {RetryableError} on 401, 403, 408, 429, 5xx and broken connections; `Retry-After` is kept when there is one. */
export interface Calls {
  /** Who called whom; undefined where Twilio has no such call (any more). */
  fetch(accountSid: AccountSid, callSid: CallSid): Promise<CallEnds | undefined>;
}
