import * as z from 'zod/mini';
import { jsonOf } from '../shared/messages/json-text.ts';

const callerNames = z.array(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/))).check(z.minLength(1));

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  SMS_CALLERS_SECRET_ARN: z.string().check(z.minLength(1)),
  /** `flex-task-pipeline-dev-`: with a caller's name behind it, the value of its API key, which only chooses its usage plan. */
  API_KEY_PREFIX: z.string().check(z.minLength(1)),
  /** JSON of the names that the stage knows: `["crm"]`. A caller of the secret's that is not among them is denied. */
  CALLERS: z.pipe(
    z.string().check(z.refine((text: string) => callerNames.safeParse(jsonOf(text)).success, 'no list of names')),
    z.transform((text: string) => callerNames.parse(jsonOf(text))),
  ),
});

export type EnvVars = z.input<typeof envSchema>;
