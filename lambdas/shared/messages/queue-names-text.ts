import * as z from 'zod/mini';
import { jsonOf } from './json-text.ts';

const queueNames = z.array(z.string().check(z.minLength(1)));

/** An environment variable that names queues, as one JSON text. */
export const queueNamesVariable = z.pipe(
  z.string().check(z.refine((text) => queueNames.safeParse(jsonOf(text)).success, 'not a list of queue names')),
  z.transform((text: string) => queueNames.parse(JSON.parse(text))),
);
