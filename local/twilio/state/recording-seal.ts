import { constants, createHash, createPublicKey, publicEncrypt } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import type { EncryptionOrder } from '../simulator.ts';

/** How one recording is encrypted, with what only the holder of the private key should know. */
export interface RecordingSeal {
  readonly publicKeySid: string;
  readonly encryptedCek: string;
  readonly cek: Buffer;
  readonly iv: Buffer;
  readonly spelling: 'guide' | 'openapi';
  readonly wishForChannels: 'refused' | 'ignored';
}

/**
 * A recording's own key, wrapped for the holder of the private key. Key and iv follow from the SID, so that the same run
 * serves the same bytes again; the wrapped key is another one each time, as OAEP has it.
 * (https://www.twilio.com/docs/voice/tutorials/voice-recording-encryption, read 2026-11)
 */
export function sealOf(recordingSid: string, order: EncryptionOrder): RecordingSeal {
  const cek = createHash('sha256').update(`cek of ${recordingSid}`).digest();
  const iv = createHash('sha256').update(`iv of ${recordingSid}`).digest().subarray(0, 12);
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return {
    publicKeySid: order.publicKeySid,
    encryptedCek: publicEncrypt({ key: order.publicKey, ...padding }, cek).toString('base64'),
    cek,
    iv,
    spelling: order.spelling ?? 'guide',
    wishForChannels: order.wishForChannels ?? 'refused',
  };
}

/** What Twilio has of the keys: their public halves. */
export function publicKeysOf(recordingKeys: Readonly<Record<string, string>>): readonly EncryptionOrder[] {
  return Object.entries(recordingKeys).map(([publicKeySid, pem]) => ({
    publicKeySid,
    publicKey: createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString(),
  }));
}

/** The envelope in one of the spellings that Twilio's own pages have for it. */
export function encryptionDetails({ publicKeySid, encryptedCek, iv, spelling }: RecordingSeal): JsonObject {
  const ivText = iv.toString('base64');
  return spelling === 'guide'
    ? { type: 'rsa-aes', encrypted_cek: encryptedCek, iv: ivText, public_key_sid: publicKeySid }
    : { encryption_public_key_sid: publicKeySid, encryption_cek: encryptedCek, encryption_iv: ivText };
}
