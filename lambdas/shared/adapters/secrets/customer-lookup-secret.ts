import * as z from 'zod/mini';

/** What HTTP lets a header's name and value be (RFC 9110, 5.1 and 5.5), without anything beyond ASCII. */
const headerName = z.string().check(z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/));
const headerValue = z.string().check(z.regex(/^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/));

/** The headers by which the team's own customer data lets us in: `{"headers":{"authorization":"Bearer …"}}`. */
export const customerLookupSecretSchema = z.object({ headers: z.record(headerName, headerValue) });
