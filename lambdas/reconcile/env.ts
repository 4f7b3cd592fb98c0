import * as z from 'zod/mini';
import { policyVariable } from '../shared/messages/policy-text.ts';
import { queueNamesVariable } from '../shared/messages/queue-names-text.ts';
import { sweepVariable } from '../shared/messages/sweep-text.ts';

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  ARCHIVE_BUCKET: z.string().check(z.minLength(1)),
  ENRICH_TASK_QUEUE_URL: z.url(),
  ARCHIVE_RECORDING_QUEUE_URL: z.url(),
  LINK_RECORDING_QUEUE_URL: z.url(),
  CALABRIO_STATUS_QUEUE_URL: z.url(),
  ARCHIVE_TRANSCRIPT_QUEUE_URL: z.url(),
  ERASE_SUBJECT_QUEUE_URL: z.url(),
  /**
   * The queues on which messages wait that no function works off, as JSON: `["…", …]`. By their names, because the addresses
   * of all of them would leave too little of 4 KB for the rest.
   */
  PUT_ASIDE_QUEUE_NAMES: queueNamesVariable,
  TWILIO_SECRET_ARN: z.string().check(z.minLength(1)),
  ACCOUNT_SID: z.string().check(z.regex(/^AC[0-9a-f]{32}$/)),
  POLICY: policyVariable,
  /** JSON of how Twilio's recordings are compared with ours: `{"lookBackHours":48,"settleMinutes":15,"recordedQueues":{"WQ…":90}}`. */
  SWEEP: sweepVariable,
  /** Without links of ours none is missing. @default - links are written */
  LINK_MODE: z.optional(z.enum(['segment-link', 'media', 'both', 'none'])),
  /** Every Twilio host maps to this base when it is set: the simulator's, or another stand-in's. */
  TWILIO_URL: z.optional(z.url()),
});

export type EnvVars = z.input<typeof envSchema>;
