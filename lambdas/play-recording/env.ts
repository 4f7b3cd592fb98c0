import * as z from 'zod/mini';

/** What the stack must give this function; `lib/` is compiled against `EnvVars`. */
export const envSchema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  ARCHIVE_BUCKET: z.string().check(z.minLength(1)),
  LINK_KEYS_SECRET_ARN: z.string().check(z.minLength(1)),
});

export type EnvVars = z.input<typeof envSchema>;
