import type { ProvedWebhook, RawWebhook } from '../messages/gateway-envelope.ts';

/**
 * Proves that Twilio sent the request, over the configured public URL, the exact body and, for JSON, `bodySHA256`.
 * How old the request is is never judged: a message that waited, or was redriven days later, is as genuine as on the day it came.
 *
 * @throws {UnprovedSenderError} when no token in force proves it, also after the secret was read afresh.
 * @throws {RetryableError} when the secret cannot be read.
 */
export type ProveSender = (webhook: RawWebhook) => Promise<ProvedWebhook>;
