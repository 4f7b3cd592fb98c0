import * as z from 'zod/mini';
import { jsonOf } from '../shared/messages/json-text.ts';

const queueUrls = z.array(z.url());

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  ARCHIVE_BUCKET: z.string().check(z.minLength(1)),
  TWILIO_SECRET_ARN: z.string().check(z.minLength(1)),
  ACCOUNT_SID: z.string().check(z.regex(/^AC[0-9a-f]{32}$/)),
  /** Whether its role may open governance locks, so that they do not keep anybody from being forgotten. */
  OPENS_GOVERNANCE_LOCKS: z.enum(['on', 'off']),
  /** The queues on which messages wait that no function works off, as JSON: `["https://…", …]`. */
  PUT_ASIDE_QUEUE_URLS: z.pipe(
    z.string().check(z.refine((text) => queueUrls.safeParse(jsonOf(text)).success, 'not a list of URLs')),
    z.transform((text: string) => queueUrls.parse(JSON.parse(text))),
  ),
  SUBJECT_INDEX_KEY_SECRET_ARN: z.string().check(z.minLength(1)),
  DEAD_LETTER_QUEUE_URL: z.url(),
  /** Every Twilio host maps to this base when it is set: the simulator's, or another stand-in's. */
  TWILIO_URL: z.optional(z.url()),
});

export type EnvVars = z.input<typeof envSchema>;
