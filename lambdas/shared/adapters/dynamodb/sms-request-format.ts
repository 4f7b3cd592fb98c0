import * as z from 'zod/mini';
import { conversationSid, interactionChannelSid, interactionSid, taskSid } from '../../domain/sids.ts';
import type { SmsRequest, SmsRequestIds } from '../../domain/sms-request.ts';
import { record, sid, time } from './field-formats.ts';
import type { Fields } from './field-formats.ts';

const ids = record({
  interactionSid: z.exactOptional(sid(interactionSid)),
  channelSid: z.exactOptional(sid(interactionChannelSid)),
  taskSid: z.exactOptional(sid(taskSid)),
  conversationSid: z.exactOptional(sid(conversationSid)),
  messageSid: z.exactOptional(z.string()),
  isReused: z.boolean(),
} satisfies Fields<SmsRequestIds>);

const progress = z.discriminatedUnion('kind', [
  record({ kind: z.literal('free') }),
  record({ kind: z.literal('claimed') }),
  record({ kind: z.literal('sending'), since: time, into: z.exactOptional(sid(conversationSid)) }),
  record({ kind: z.literal('started'), ids }),
  record({ kind: z.literal('saying'), since: time, ids }),
  record({ kind: z.literal('done'), ids }),
]);

const smsRequest = record({
  hash: z.string(),
  fingerprint: z.string(),
  version: z.number(),
  holder: z.string(),
  heldUntil: time,
  progress,
  expiresAt: time,
} satisfies Fields<SmsRequest>);

export function encodeSmsRequest(request: SmsRequest): object {
  return z.encode(smsRequest, request);
}

/** @throws {z.core.$ZodError} when what is stored is none of ours. */
export function decodeSmsRequest(stored: unknown): SmsRequest {
  return z.parse(smsRequest, stored);
}
