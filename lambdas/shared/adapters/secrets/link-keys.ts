import * as z from 'zod/mini';
import type { LinkKeyRing, LinkKeys } from '../../ports/link-keys.ts';
import type { SecretSource } from '../../ports/secret-source.ts';

const KEY_BYTES = 32;

const keyIdText = z.string().check(z.regex(/^[a-z0-9]{1,4}$/));
const keyText = z.string().check(z.refine(isBase64OfAKey));

/** What the link-keys secret holds: `{"signingKeyId":"k1","keys":{"k1":"<base64 of 32 bytes>"}}`; the signing key is one of the keys. */
export const linkKeysSchema = z
  .object({ signingKeyId: keyIdText, keys: z.record(keyIdText, keyText) })
  .check(z.refine(({ signingKeyId, keys }) => Object.hasOwn(keys, signingKeyId), { path: ['signingKeyId'] }));

/** The ring of link keys in a secret. */
export function linkKeys(source: SecretSource<z.output<typeof linkKeysSchema>>): LinkKeys {
  return {
    ring: async () => ringOf((await source.current()).reveal()),
    freshRing: async () => ringOf((await source.fresh()).reveal()),
  };
}

function ringOf({ signingKeyId, keys }: z.output<typeof linkKeysSchema>): LinkKeyRing {
  return {
    signingKeyId,
    keys: Object.fromEntries(Object.entries(keys).map(([keyId, text]) => [keyId, Buffer.from(text, 'base64')])),
  };
}

/** Node's decoder takes anything and skips what it does not know, so the key is written back and compared. */
function isBase64OfAKey(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === KEY_BYTES && bytes.toString('base64') === text;
}
