import * as z from 'zod/mini';

const wholeNumber = z.string().check(z.regex(/^\d+$/));

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  TWILIO_SECRET_ARN: z.string().check(z.minLength(1)),
  LINK_KEYS_SECRET_ARN: z.string().check(z.minLength(1)),
  WORKSPACE_SID: z.string().check(z.regex(/^WS[0-9a-f]{32}$/)),
  LINK_BASE_URL: z.string().check(z.regex(/^https?:\/\/.+[^/]$/)),
  /** The workflow that the made tasks go through. */
  REVIEW_WORKFLOW_SID: z.string().check(z.regex(/^WW[0-9a-f]{32}$/)),
  /** The unique name of their channel. */
  REVIEW_TASK_CHANNEL: z.string().check(z.minLength(1)),
  REVIEW_PRIORITY: wholeNumber,
  /** How long TaskRouter keeps one waiting for an agent: at most two weeks. */
  REVIEW_TIMEOUT_SECONDS: wholeNumber,
  DEAD_LETTER_QUEUE_URL: z.url(),
  /** Every Twilio host maps to this base when it is set: the simulator's, or another stand-in's. */
  TWILIO_URL: z.optional(z.url()),
});

export type EnvVars = z.input<typeof envSchema>;
