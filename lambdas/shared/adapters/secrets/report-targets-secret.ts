import * as z from 'zod/mini';

/** The signing secrets of the targets, by their names: `{"warehouse":"whsec_<base64 of 24 to 64 bytes>"}`. */
export const reportTargetsSecretSchema = z.record(z.string(), z.string().check(z.regex(/^whsec_[A-Za-z0-9+/]+=*$/)));
