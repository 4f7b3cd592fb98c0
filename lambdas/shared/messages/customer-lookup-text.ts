import * as z from 'zod/mini';
import { jsonOf } from './json-text.ts';

/** Where the team's own customer data is asked for, as the stack writes it into enrich-task's environment. */
export const customerLookupSchema = z.strictObject({
  /** With `{phone}`, `{email}` or `{externalId}` in path or query: `https://crm.example.com/customers?phone={phone}`. */
  urlTemplate: z.string().check(z.regex(/^https?:\/\/[^{}/?#@]+\/.*\{(phone|email|externalId)\}/)),
  /** The whole call, name look-up and answer included. */
  timeoutMilliseconds: z.int().check(z.gte(50), z.lte(5_000)),
  cacheSeconds: z.int().check(z.gte(0), z.lte(86_400)),
  /** After so many failures in a row nobody is asked for `openSeconds`. */
  openAfterFailures: z.int().check(z.gte(1), z.lte(100)),
  openSeconds: z.int().check(z.gte(1), z.lte(3_600)),
  /** `public` refuses plain http and every private address; `any` is for a machine of one's own. */
  addresses: z.enum(['public', 'any']),
});

/** An environment variable that holds the settings. */
export const customerLookupVariable = z.pipe(
  z
    .string()
    .check(z.refine((text: string) => customerLookupSchema.safeParse(jsonOf(text)).success, 'no customer lookup')),
  z.transform((text: string) => customerLookupSchema.parse(jsonOf(text))),
);
