import type { Readable } from 'node:stream';

export interface ObjectToStore {
  readonly key: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Where the object came from: ids only, so that it can find its way home. */
  readonly metadata: Readonly<Record<string, string>>;
}

export type StoredObject =
  | { readonly kind: 'stored'; readonly versionId?: string; readonly crc64Nvme: string }
  /** Another object, or an earlier copy of ours, lies under the key already (412). Nothing was written. */
  | { readonly kind: 'exists' };

export interface FoundObject {
  readonly stream: Readable;
  readonly sizeBytes: number;
  readonly versionId?: string;
  /** As S3 stored it, base64; absent when the object was written without one. */
  readonly crc64Nvme?: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** An object that was looked at and not read. */
export type LookedAtObject = Omit<FoundObject, 'stream' | 'metadata'>;

/**
 * The archive bucket.
 *
 * @throws {RetryableError} on throttling, 5xx and broken connections, a broken `body` stream included.
 */
export interface Archive {
  /** Creates the object if nothing lies under the key; streams `body` with bounded memory. S3 checks a CRC64NVME. */
  create(object: ObjectToStore, body: Readable): Promise<StoredObject>;
  /** Opens the object as it lies there; undefined when there is none. The stream must be read or destroyed. */
  open(key: string, versionId?: string): Promise<FoundObject | undefined>;
  /** What S3 says, without the bytes, of that very version, or of what lies under the key; undefined when it is not there. */
  look(key: string, versionId?: string): Promise<LookedAtObject | undefined>;
  /** Writes the small JSON text beside the audio, over what was there. */
  putSidecar(key: string, json: string): Promise<void>;
  /**
   * Writes one of a transcript's two texts, in UTF-8, as a new version over what was there. `versionId` is absent where the
   * bucket keeps no versions.
   */
  putTranscript(key: string, text: string, contentType: string): Promise<{ readonly versionId?: string }>;
  /** Puts a parked message's text away under `parked/`, over what was there. */
  putParked(key: string, json: string): Promise<void>;
}
