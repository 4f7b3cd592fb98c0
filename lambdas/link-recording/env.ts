import * as z from 'zod/mini';

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  TWILIO_SECRET_ARN: z.string().check(z.minLength(1)),
  LINK_KEYS_SECRET_ARN: z.string().check(z.minLength(1)),
  ACCOUNT_SID: z.string().check(z.regex(/^AC[0-9a-f]{32}$/)),
  WORKSPACE_SID: z.string().check(z.regex(/^WS[0-9a-f]{32}$/)),
  LINK_BASE_URL: z.string().check(z.regex(/^https?:\/\/.+[^/]$/)),
  LINK_MODE: z.enum(['segment-link', 'media', 'both', 'none']),
  /** `on`: transcripts are put onto tasks as media too. */
  LINK_TRANSCRIPTS: z.enum(['on', 'off']),
  ON_EXISTING_LINK: z.enum(['replace', 'keep', 'fill']),
  /** The task attribute under which our SIDs are written for Calabrio's metadata mapping; absent: they are not. */
  CORRELATION_OBJECT: z.optional(z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/))),
  DEAD_LETTER_QUEUE_URL: z.url(),
  /** Every Twilio host maps to this base when it is set: the simulator's, or another stand-in's. */
  TWILIO_URL: z.optional(z.url()),
});

export type EnvVars = z.input<typeof envSchema>;
