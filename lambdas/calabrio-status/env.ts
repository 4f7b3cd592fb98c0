import * as z from 'zod/mini';
import { policyVariable } from '../shared/messages/policy-text.ts';

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  CALABRIO_SECRET_ARN: z.string().check(z.minLength(1)),
  POLICY: policyVariable,
  DELETE_SOURCE_QUEUE_URL: z.url(),
  REPORT_STATUS_QUEUE_URL: z.url(),
  DEAD_LETTER_QUEUE_URL: z.url(),
  QUARANTINE_QUEUE_URL: z.url(),
});

export type EnvVars = z.input<typeof envSchema>;
