import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as z from 'zod/mini';
import type { RecordingEncryption } from '../../domain/recording-record.ts';
import type { OpenedCek, RecordingKeys } from '../../ports/recording-keys.ts';
import type { SecretSource } from '../../ports/secret-source.ts';

/** AES-256. */
const CEK_BYTES = 32;
/** What GCM is used with; Twilio's example has 12 (https://www.twilio.com/docs/voice/api/recording, read 2026-11). */
const IV_BYTES = { least: 12, most: 16 } as const;

/**
 * What the recording-keys secret holds: private keys, PKCS8 in PEM, by the SID of the public key that Twilio has:
 * `{"keys":{"CR…":"-----BEGIN PRIVATE KEY-----\n…"}}`. Without `keys` there are none. What is in the PEM is looked at
 * when it is needed, so that one key that was pasted wrongly leaves the others good.
 */
export const recordingKeysSchema = z.object({
  keys: z.optional(z.record(z.string().check(z.regex(/^CR[0-9a-f]{32}$/)), z.string())),
});

/**
 * The ring of private keys in a secret. A key that it does not know, or cannot use, is looked for in the secret as it is
 * now; how often that is read, the source says.
 */
export function recordingKeys(source: SecretSource<z.output<typeof recordingKeysSchema>>): RecordingKeys {
  const openWith = (keys: Readonly<Record<string, string>> = {}, encryption: RecordingEncryption): OpenedCek => {
    const pem = Object.hasOwn(keys, encryption.publicKeySid) ? keys[encryption.publicKeySid] : undefined;
    return pem === undefined ? { kind: 'unknown-key' } : openCek(pem, encryption);
  };
  return {
    async open(encryption) {
      const known = openWith((await source.current()).reveal().keys, encryption);
      return known.kind === 'opened' ? known : openWith((await source.fresh()).reveal().keys, encryption);
    },
  };
}

/**
 * Opens the recording's own key with a private key in PEM: RSA-OAEP, SHA-256 for the hash and for MGF1. Whatever does
 * not fit is `bad`, and what is said of it holds no part of a key.
 * (https://www.twilio.com/docs/voice/tutorials/voice-recording-encryption, read 2026-11)
 */
export function openCek(pem: string, { publicKeySid, encryptedCek, iv }: RecordingEncryption): OpenedCek {
  const bad = (why: string): OpenedCek => ({ kind: 'bad', why: `${publicKeySid}: ${why}` });
  const key = privateKeyOf(pem);
  if (key === undefined) return bad('its private key is no RSA key in unencrypted PEM, wanted PKCS8');
  const cek = unwrapped(key, encryptedCek);
  if (cek === undefined) return bad('its private key does not open the wrapped key: it belongs to another public key');
  if (cek.length !== CEK_BYTES) return bad(`the wrapped key has ${cek.length} bytes, wanted ${CEK_BYTES}`);
  const ivBytes = Buffer.from(iv, 'base64');
  if (ivBytes.length < IV_BYTES.least || ivBytes.length > IV_BYTES.most)
    return bad(`the iv has ${ivBytes.length} bytes, wanted ${IV_BYTES.least} to ${IV_BYTES.most}`);
  return { kind: 'opened', cek, iv: ivBytes };
}

/** OpenSSL's own words are dropped on purpose: they say nothing that helps, of something that must not be quoted. */
function privateKeyOf(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}

function unwrapped(key: KeyObject, encryptedCek: string): Buffer | undefined {
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' } as const;
  try {
    return privateDecrypt({ key, ...padding }, Buffer.from(encryptedCek, 'base64'));
  } catch {
    return undefined;
  }
}
