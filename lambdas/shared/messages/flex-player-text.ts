import * as z from 'zod/mini';
import { jsonOf } from './json-text.ts';

/** Who may play with a token of Flex's, as the stack writes it into play-recording's environment: one JSON text. */
export const flexPlayerTextSchema = z.strictObject({
  /** As browsers write them in `Origin`: `https://flex.twilio.com`. */
  origins: z.array(z.string().check(z.regex(/^https?:\/\/[^/?#\s]+$/))),
  /** Of which the token must have at least one. */
  roles: z.array(z.string().check(z.minLength(1))),
  /** How long Twilio's yes is remembered; 0 asks it each time. */
  cacheSeconds: z.int().check(z.gte(0), z.lte(3_600)),
});

/** An environment variable that holds the settings. */
export const flexPlayerVariable = z.pipe(
  z
    .string()
    .check(z.refine((text: string) => flexPlayerTextSchema.safeParse(jsonOf(text)).success, 'no Flex player settings')),
  z.transform((text: string) => flexPlayerTextSchema.parse(jsonOf(text))),
);
