import type { ProvedContactStatus } from '../messages/contact-status-body.ts';
import type { RawContactStatus } from '../messages/gateway-envelope.ts';

/**
 * Proves that Calabrio sent the request, by the token that its path ends in and, where that was agreed on, by HTTP basic.
 * How old the request is is never judged.
 *
 * @throws {UnprovedSenderError} when no credential in force proves it, also after the secret was read afresh.
 * @throws {RetryableError} when the secret cannot be read.
 */
export type ProveContactStatus = (request: RawContactStatus) => Promise<ProvedContactStatus>;
