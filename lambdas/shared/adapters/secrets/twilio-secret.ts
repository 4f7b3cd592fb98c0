import * as z from 'zod/mini';

const accountSidText = z.string().check(z.regex(/^AC[0-9a-f]{32}$/));
const nonEmptyText = z.string().check(z.minLength(1));

/**
 * What the Twilio secret holds: an API key for REST calls and, by account, the auth tokens that sign webhooks. A
 * sub-account signs with its own; `previous` is the token before a rotation, kept until nothing signed with it waits.
 * API keys cannot prove signatures (https://www.twilio.com/docs/usage/rest-api-best-practices, read 2026-11).
 */
export const twilioSecretSchema = z.object({
  accountSid: accountSidText,
  apiKeySid: z.string().check(z.regex(/^SK[0-9a-f]{32}$/)),
  apiKeySecret: nonEmptyText,
  /** At least one account's: without any, every genuine webhook would look forged. */
  authTokens: z
    .record(accountSidText, z.object({ current: nonEmptyText, previous: z.optional(nonEmptyText) }))
    .check(z.refine((tokens) => Object.keys(tokens).length > 0)),
});

export type TwilioSecret = z.output<typeof twilioSecretSchema>;
