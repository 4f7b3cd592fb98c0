import * as z from 'zod/mini';

/** In a message: a text that is a SID with this prefix, read as the SID of its kind that it is. */
export function sidText<S extends string>(sid: { (text: string): S; is(text: unknown): text is S }, prefix: string) {
  return z.pipe(
    z.string().check(z.refine(sid.is, `no ${prefix} SID`)),
    z.transform((text: string) => sid(text)),
  );
}
