import * as z from 'zod/mini';
import type { LinkKeyRing, LinkKeys } from '../../ports/link-keys.ts';
import type { SecretSource } from '../../ports/secret-source.ts';
import { keyText } from './key-text.ts';

const keyIdText = z.string().check(z.regex(/^[a-z0-9]{1,4}$/));

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
