import * as z from 'zod/mini';
import { policyVariable } from '../shared/messages/policy-text.ts';

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  ARCHIVE_BUCKET: z.string().check(z.minLength(1)),
  TWILIO_SECRET_ARN: z.string().check(z.minLength(1)),
  ACCOUNT_SID: z.string().check(z.regex(/^AC[0-9a-f]{32}$/)),
  PUBLIC_URL: z.string().check(z.regex(/^https?:\/\/.+[^/]$/)),
  LINK_RECORDING_QUEUE_URL: z.url(),
  CALABRIO_STATUS_QUEUE_URL: z.url(),
  DELETE_SOURCE_QUEUE_URL: z.url(),
  REPORT_STATUS_QUEUE_URL: z.url(),
  /** The private keys of Twilio's recording encryption, by public key. */
  RECORDING_KEYS_SECRET_ARN: z.string().check(z.minLength(1)),
  /** What is archived of an encrypted recording: its sound, or Twilio's ciphertext with its envelope. */
  ENCRYPTED_RECORDINGS: z.enum(['decrypt', 'keep-ciphertext']),
  /** Which file of `retention/`, beside the bundle; without `.json`. */
  RETENTION_CONFIG: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
  POLICY: policyVariable,
  DEAD_LETTER_QUEUE_URL: z.url(),
  QUARANTINE_QUEUE_URL: z.url(),
  /** Every Twilio host maps to this base when it is set: the simulator's, or another stand-in's. */
  TWILIO_URL: z.optional(z.url()),
});

export type EnvVars = z.input<typeof envSchema>;
