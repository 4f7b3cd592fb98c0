import * as z from 'zod/mini';

/** A SID with the wanted prefix. */
export function sidOf<S extends string>(maker: { is(text: unknown): text is S }): z.ZodMiniType<S, S> {
  return z.custom<S>(maker.is);
}

/** ISO 8601 as TaskRouter writes times, or RFC 2822 as the older API does; JavaScript reads both. */
export const timeOf = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const time = new Date(text);
    if (Number.isNaN(time.getTime())) context.issues.push({ code: 'custom', input: text, message: 'not a time' });
    return time;
  }),
);
