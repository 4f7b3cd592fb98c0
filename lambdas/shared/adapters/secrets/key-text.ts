import * as z from 'zod/mini';

const KEY_BYTES = 32;

/** The base64 of a key of 32 bytes. */
export const keyText = z.string().check(z.refine(isBase64OfAKey));

/** Node's decoder takes anything and skips what it does not know, so the key is written back and compared. */
function isBase64OfAKey(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === KEY_BYTES && bytes.toString('base64') === text;
}
