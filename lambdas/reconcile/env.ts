import * as z from 'zod/mini';

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  ARCHIVE_BUCKET: z.string().check(z.minLength(1)),
  ENRICH_TASK_QUEUE_URL: z.url(),
  ARCHIVE_RECORDING_QUEUE_URL: z.url(),
  LINK_RECORDING_QUEUE_URL: z.url(),
  CALABRIO_STATUS_QUEUE_URL: z.url(),
  ENRICH_TASK_DEAD_LETTER_QUEUE_URL: z.url(),
  ARCHIVE_RECORDING_DEAD_LETTER_QUEUE_URL: z.url(),
  LINK_RECORDING_DEAD_LETTER_QUEUE_URL: z.url(),
  CALABRIO_STATUS_DEAD_LETTER_QUEUE_URL: z.url(),
  DELETE_SOURCE_DEAD_LETTER_QUEUE_URL: z.url(),
  REPORT_STATUS_DEAD_LETTER_QUEUE_URL: z.url(),
  CREATE_REVIEW_TASK_DEAD_LETTER_QUEUE_URL: z.url(),
  QUARANTINE_QUEUE_URL: z.url(),
});

export type EnvVars = z.input<typeof envSchema>;
