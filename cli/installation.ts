import type { SecretSource } from '../lambdas/shared/ports/secret-source.ts';
import type { CalabrioUser } from '../lambdas/shared/adapters/calabrio/calabrio-client.ts';
import type { WorkerName } from '../lib/naming.ts';

/** What is known of a private key without showing it; `bits` is undefined for a text that is no usable private key. */
export interface RecordingKeySize {
  /** CR… */
  readonly sid: string;
  readonly bits: number | undefined;
}

/**
 * How a pipeline is set up, as far as only an examination wants to know it. No secret leaves it but Calabrio's.
 *
 * @throws {RetryableError} for a secret that cannot be read or has not the wanted shape.
 */
export interface Installation {
  /** The ids of the link keys, never a key. */
  linkKeyIds(): Promise<{ readonly signingKeyId: string; readonly keyIds: readonly string[] }>;
  /** The ring of private keys for encrypted recordings; empty where nobody has filled it. */
  recordingKeys(): Promise<readonly RecordingKeySize[]>;
  readonly calabrioSecret: SecretSource<CalabrioUser>;
  /** Where Calabrio's API is for the functions, where that is not what the stage says. */
  readonly calabrioUrl: string | undefined;
  /** Of the archive bucket, which keeps versions or does not. */
  isVersioned(): Promise<boolean>;
  /** Of the archive bucket: whether a lock can be put on what lies in it. */
  canLock(): Promise<boolean>;
  /** How many messages lie there; SQS gives it about right. */
  putAside(of: WorkerName | 'quarantine'): Promise<number>;
}
