import * as z from 'zod/mini';

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  ARCHIVE_BUCKET: z.string().check(z.minLength(1)),
  LINK_KEYS_SECRET_ARN: z.string().check(z.minLength(1)),
  ACCOUNT_SID: z.string().check(z.regex(/^AC[0-9a-f]{32}$/)),
  /** JSON of `{"origins":["https://flex.twilio.com"],"roles":["admin","supervisor"],"cacheSeconds":60}`; without it no Flex token opens anything. */
  FLEX_PLAYER: z.optional(z.string().check(z.minLength(2))),
  /** Every Twilio host maps to this base when it is set: the simulator's, or another stand-in's. */
  TWILIO_URL: z.optional(z.url()),
});

export type EnvVars = z.input<typeof envSchema>;
