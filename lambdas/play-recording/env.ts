import * as z from 'zod/mini';
import { flexPlayerVariable } from '../shared/messages/flex-player-text.ts';

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z
  .object({
    LEDGER_TABLE: z.string().check(z.minLength(1)),
    ARCHIVE_BUCKET: z.string().check(z.minLength(1)),
    LINK_KEYS_SECRET_ARN: z.string().check(z.minLength(1)),
    ACCOUNT_SID: z.string().check(z.regex(/^AC[0-9a-f]{32}$/)),
    /** JSON of `{"origins":["https://flex.twilio.com"],"roles":["admin","supervisor"],"cacheSeconds":60}`; without it no Flex token opens anything. */
    FLEX_PLAYER: z.optional(flexPlayerVariable),
    /** Holds the API key with which Twilio is asked about a token; there where FLEX_PLAYER is. */
    TWILIO_SECRET_ARN: z.optional(z.string().check(z.minLength(1))),
    /** Every Twilio host maps to this base when it is set: the simulator's, or another stand-in's. */
    TWILIO_URL: z.optional(z.url()),
  })
  .check(
    z.refine(({ FLEX_PLAYER, TWILIO_SECRET_ARN }) => FLEX_PLAYER === undefined || TWILIO_SECRET_ARN !== undefined, {
      path: ['TWILIO_SECRET_ARN'],
      error: 'FLEX_PLAYER needs it',
    }),
  );

export type EnvVars = z.input<typeof envSchema>;
