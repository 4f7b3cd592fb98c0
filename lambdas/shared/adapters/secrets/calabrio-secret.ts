import * as z from 'zod/mini';

/**
 * What the Calabrio secret holds: the tokens that its webhook URL may end in, two during a rotation; HTTP basic
 * credentials where they were agreed on; and the user of its API where there is one.
 */
export const calabrioSecretSchema = z.object({
  webhookTokens: z.object({
    current: z.string().check(z.minLength(20)),
    previous: z.optional(z.string().check(z.minLength(20))),
  }),
  basic: z.optional(z.object({ username: z.string(), password: z.string() })),
  api: z.optional(z.object({ userId: z.string(), password: z.string() })),
});
