import * as z from 'zod/mini';
import { UsageError } from '../../local/terminal/options.ts';
import type { RecordingEncryption } from '../../lambdas/shared/domain/recording-record.ts';
import { publicKeySid } from '../../lambdas/shared/domain/sids.ts';
import { readEncryptionDetails } from '../../lambdas/shared/messages/encryption-details.ts';
import { jsonOf } from '../../lambdas/shared/messages/json-text.ts';

const ours = z.object({
  publicKeySid: z.custom<ReturnType<typeof publicKeySid>>(publicKeySid.is),
  encryptedCek: z.string(),
  iv: z.string(),
});
const sidecar = z.object({ audio: z.object({ encryption: ours }) });
const resource = z.object({ encryption_details: z.unknown() });

/**
 * The envelope in a JSON text: Twilio's `encryption_details` in either spelling, alone or in the Recording resource, or
 * what lies beside the ciphertext in the archive.
 *
 * @throws {UsageError} when none of these is in it.
 */
export function readEnvelope(file: string, text: string): RecordingEncryption {
  const value = jsonOf(text);
  const found =
    readEncryptionDetails(value) ??
    readEncryptionDetails(resource.safeParse(value).data?.encryption_details) ??
    sidecar.safeParse(value).data?.audio.encryption;
  if (found !== undefined) return found;
  throw new UsageError(
    `${file} holds no envelope: wanted are Twilio's encryption_details, the Recording resource with them, or the archive's JSON of a recording that is ciphertext`,
  );
}
