import * as z from 'zod/mini';
import { metadataNamesVariable } from '../shared/messages/metadata-names.ts';
import { policyVariable } from '../shared/messages/policy-text.ts';

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  ARCHIVE_BUCKET: z.string().check(z.minLength(1)),
  TWILIO_SECRET_ARN: z.string().check(z.minLength(1)),
  CALABRIO_SECRET_ARN: z.string().check(z.minLength(1)),
  /** The private keys of Twilio's recording encryption, by public key: copies that are ciphertext are proved with them. */
  RECORDING_KEYS_SECRET_ARN: z.string().check(z.minLength(1)),
  POLICY: policyVariable,
  /** The base of Calabrio's API; absent where no API user is configured. */
  CALABRIO_URL: z.optional(z.url()),
  /** How many requests a second one container of this function may make there. */
  CALABRIO_REQUESTS_PER_SECOND: z.string().check(z.regex(/^\d+(\.\d+)?$/)),
  /** JSON: under which of Calabrio's metadata names our SIDs are, as the ACD page maps them. */
  CALABRIO_METADATA_NAMES: metadataNamesVariable,
  REPORT_STATUS_QUEUE_URL: z.url(),
  DEAD_LETTER_QUEUE_URL: z.url(),
  /** Every Twilio host maps to this base when it is set: the simulator's, or another stand-in's. */
  TWILIO_URL: z.optional(z.url()),
});

export type EnvVars = z.input<typeof envSchema>;
