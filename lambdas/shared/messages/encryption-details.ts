import * as z from 'zod/mini';
import type { RecordingEncryption } from '../domain/recording-record.ts';
import { publicKeySid } from '../domain/sids.ts';
import { jsonOf } from './json-text.ts';

/** Base64 as it is written; Node's own decoder takes anything. A wrapped key is 256 bytes with RSA-2048, 512 with 4096. */
const base64 = z.optional(z.nullable(z.string().check(z.regex(/^[A-Za-z0-9+/]{16,4096}={0,2}$/))));
const sid = z.optional(z.nullable(z.custom<ReturnType<typeof publicKeySid>>(publicKeySid.is)));

const details = z.object({
  encrypted_cek: base64,
  encryption_cek: base64,
  iv: base64,
  encryption_iv: base64,
  public_key_sid: sid,
  encryption_public_key_sid: sid,
});

/**
 * Reads `encryption_details` in either of Twilio's spellings: `encrypted_cek`, `iv` and `public_key_sid` of its guide, or
 * `encryption_cek`, `encryption_iv` and `encryption_public_key_sid` of its OpenAPI files. Undefined where nothing, or
 * nothing that could be read, is said.
 * (https://www.twilio.com/docs/voice/tutorials/voice-recording-encryption,
 * https://www.twilio.com/docs/voice/api/recording, read 2026-11)
 */
export function readEncryptionDetails(value: unknown): RecordingEncryption | undefined {
  const parsed = details.safeParse(value);
  if (!parsed.success) return undefined;
  const said = parsed.data;
  const encryptedCek = said.encrypted_cek ?? said.encryption_cek;
  const iv = said.iv ?? said.encryption_iv;
  const key = said.public_key_sid ?? said.encryption_public_key_sid;
  if (typeof encryptedCek !== 'string' || typeof iv !== 'string' || typeof key !== 'string') return undefined;
  return { publicKeySid: key, encryptedCek, iv };
}

/** The same of the JSON text that a recording callback carries. */
export function readEncryptionDetailsText(text: string | undefined): RecordingEncryption | undefined {
  return text === undefined ? undefined : readEncryptionDetails(jsonOf(text));
}
