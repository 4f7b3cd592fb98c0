import * as z from 'zod/mini';

/** As RFC 6750 lets a bearer token be, and long enough that nobody tries them out. */
const token = z.string().check(z.regex(/^[A-Za-z0-9._~+/-]{32,512}=*$/));

/**
 * What the sms-callers secret holds: `{"callers":{"crm":{"current":"…","previous":"…"}}}`, with `previous` only while a token
 * is changed. No two tokens are the same: one that is has no caller.
 */
export const smsCallersSchema = z
  .object({
    callers: z.record(
      z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/)),
      z.object({ current: token, previous: z.optional(token) }),
    ),
  })
  .check(z.refine(({ callers }) => areDistinct(callers), { path: ['callers'] }));

export type SmsCallers = z.output<typeof smsCallersSchema>;

function areDistinct(callers: SmsCallers['callers']): boolean {
  // The same token written twice for one caller is a rotation that has not begun.
  const tokens = Object.values(callers).flatMap(({ current, previous = current }) => [...new Set([current, previous])]);
  return new Set(tokens).size === tokens.length;
}
