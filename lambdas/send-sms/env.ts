import * as z from 'zod/mini';
import { outboundSmsVariable } from '../shared/messages/outbound-sms-text.ts';

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  TWILIO_SECRET_ARN: z.string().check(z.minLength(1)),
  /** Keys the hashes under which requests are remembered. */
  SUBJECT_INDEX_KEY_SECRET_ARN: z.string().check(z.minLength(1)),
  ACCOUNT_SID: z.string().check(z.regex(/^AC[0-9a-f]{32}$/)),
  WORKSPACE_SID: z.string().check(z.regex(/^WS[0-9a-f]{32}$/)),
  /** JSON of `{"workflowSid":"WW…","queueSid":"WQ…","taskChannel":"sms","longLived":true}`. */
  OUTBOUND_SMS: outboundSmsVariable,
  /** Every Twilio host maps to this base when it is set: the simulator's, or another stand-in's. */
  TWILIO_URL: z.optional(z.url()),
});

export type EnvVars = z.input<typeof envSchema>;
