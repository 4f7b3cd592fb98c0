import type { SmsRequest } from '../domain/sms-request.ts';

/** The requests to send a message that came with an idempotency key. @throws {RetryableError} */
export interface SmsRequests {
  /** Read consistently; undefined where the key is new, or so old that it is forgotten. */
  read(hash: string): Promise<SmsRequest | undefined>;
  /** Saves it as version + 1 if what is stored has `request.version`; 0 means that nothing may be stored. */
  save(request: SmsRequest): Promise<'saved' | 'conflict'>;
}
