import * as z from 'zod/mini';
import { customerLookupVariable } from '../shared/messages/customer-lookup-text.ts';
import { policyVariable } from '../shared/messages/policy-text.ts';

const onOrOff = z.enum(['on', 'off']);

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  TWILIO_SECRET_ARN: z.string().check(z.minLength(1)),
  /** Makes the keys of the identity map unreadable. */
  SUBJECT_INDEX_KEY_SECRET_ARN: z.string().check(z.minLength(1)),
  ACCOUNT_SID: z.string().check(z.regex(/^AC[0-9a-f]{32}$/)),
  WORKSPACE_SID: z.string().check(z.regex(/^WS[0-9a-f]{32}$/)),
  PUBLIC_URL: z.string().check(z.regex(/^https?:\/\/.+[^/]$/)),
  LINK_BASE_URL: z.string().check(z.regex(/^https?:\/\/.+[^/]$/)),
  ENRICHMENT_MODE: z.enum(['observe', 'fill', 'overwrite']),
  /** Which file of `enrichment/`, beside the bundle; without `.json`. */
  ENRICHMENT_CONFIG: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
  /** Insights takes only the keys on its allow-list; no other key of `conversations` and `customers` is written. */
  HIPAA_MODE: onOrOff,
  WORKER_WRITES: onOrOff,
  REVIEW_TASKS: onOrOff,
  /** JSON of the team's own customer lookup, and where its headers are. Without both there is none. */
  CUSTOMER_LOOKUP: z.optional(customerLookupVariable),
  CUSTOMER_LOOKUP_SECRET_ARN: z.optional(z.string().check(z.minLength(1))),
  ENRICH_TASK_QUEUE_URL: z.url(),
  ARCHIVE_RECORDING_QUEUE_URL: z.url(),
  LINK_RECORDING_QUEUE_URL: z.url(),
  CALABRIO_STATUS_QUEUE_URL: z.url(),
  CREATE_REVIEW_TASK_QUEUE_URL: z.url(),
  ARCHIVE_TRANSCRIPT_QUEUE_URL: z.url(),
  /** What is archived: calls alone, or what was written as well. */
  PRODUCTS: z.enum(['voice', 'voice-and-digital']),
  /** `on`: a task in writing gets its transcript as media, which link-recording is told at its end. */
  LINK_TRANSCRIPTS: onOrOff,
  REPORT_STATUS_QUEUE_URL: z.url(),
  POLICY: policyVariable,
  DEAD_LETTER_QUEUE_URL: z.url(),
  QUARANTINE_QUEUE_URL: z.url(),
  /** Every Twilio host maps to this base when it is set: the simulator's, or another stand-in's. */
  TWILIO_URL: z.optional(z.url()),
});

export type EnvVars = z.input<typeof envSchema>;
