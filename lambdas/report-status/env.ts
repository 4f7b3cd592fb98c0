import * as z from 'zod/mini';
import { reportTargetsVariable } from '../shared/messages/report-targets-text.ts';

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  REPORT_TARGETS_SECRET_ARN: z.string().check(z.minLength(1)),
  /** JSON: the list of targets. */
  REPORT_TARGETS: reportTargetsVariable,
  /** `public` refuses plain http and every private address; `any` is for a machine of one's own. */
  REPORT_ADDRESSES: z.enum(['public', 'any']),
  REPORT_STATUS_QUEUE_URL: z.url(),
  DEAD_LETTER_QUEUE_URL: z.url(),
});

export type EnvVars = z.input<typeof envSchema>;
