import type { RecordingEncryption } from '../domain/recording-record.ts';

/** `bad`: we have the private key, and the wrapped key does not open with it. */
export type OpenedCek =
  | { readonly kind: 'opened'; readonly cek: Buffer; readonly iv: Buffer }
  | { readonly kind: 'unknown-key' }
  | { readonly kind: 'bad'; readonly why: string };

/** The private keys of Voice Recording Encryption. @throws {RetryableError} while they cannot be read. */
export interface RecordingKeys {
  /** Opens the recording's own key. An unknown public key is looked for in the secret as it is now, at most once a minute. */
  open(encryption: RecordingEncryption): Promise<OpenedCek>;
}
