import type { Readable } from 'node:stream';

/** What passed through an inspected stream, all of it counted. */
export interface StreamFacts {
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Base64 of the eight bytes, most significant first, as S3 writes it. */
  readonly crc64Nvme: string;
  /** The first 4,096 bytes, or all there were: room for a RIFF header with its chunks. */
  readonly head: Buffer;
}

export interface InspectedStream {
  /** The same bytes in the same order. Must be read to its end or destroyed; either way the source ends with it. */
  readonly stream: Readable;
  /** Resolves when the last byte has passed; rejects when the source broke, or either stream was destroyed, before that. */
  readonly facts: Promise<StreamFacts>;
}

export interface StreamInspector {
  /** Looks at the bytes as they pass, in one pass and in bounded memory. The source belongs to the inspector from then on. */
  inspect(source: Readable): InspectedStream;
}
