import * as z from 'zod/mini';
import { jsonOf } from './json-text.ts';

/** Under which of Calabrio's metadata names our SIDs are, as the ACD page maps them; a name may be left out. */
const name = z.exactOptional(z.string().check(z.minLength(1)));
const metadataNamesSchema = z.strictObject({ recordingSid: name, taskSid: name, conferenceSid: name });

export type MetadataNames = Readonly<z.infer<typeof metadataNamesSchema>>;

/** An environment variable that holds them as JSON. */
export const metadataNamesVariable = z.pipe(
  z.string().check(z.refine(isMetadataNames, 'not metadata names')),
  z.transform((text: string) => metadataNamesSchema.parse(JSON.parse(text))),
);

function isMetadataNames(text: string): boolean {
  return metadataNamesSchema.safeParse(jsonOf(text)).success;
}
