import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32Kind, crc32cKind, crc64NvmeKind, joinCrcs, startCrc, type CrcKind } from './crc.ts';

export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

export interface RunningChecksum {
  update(bytes: Buffer): void;
  digest(): Buffer;
}

/** `x-amz-checksum-crc32` and so on: where the value stands in a request, a trailer or an answer. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

export function checksumAlgorithm(name: string): ChecksumAlgorithm | undefined {
  return checksumAlgorithms.find((algorithm) => algorithm === name.toUpperCase());
}

export function startChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  switch (algorithm) {
    case 'CRC32':
      return startNodeCrc32();
    case 'CRC32C':
      return startCrc(crc32cKind);
    case 'CRC64NVME':
      return startCrc(crc64NvmeKind);
    case 'SHA1':
    case 'SHA256': {
      const hash = createHash(algorithm.toLowerCase());
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
    }
  }
}

/** How the checksums of parts make that of the whole: `COMPOSITE` hashes them, `FULL_OBJECT` is as if there were no parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** Undefined when S3 does not offer the combination: SHA has no FULL_OBJECT, CRC64NVME nothing else. */
export function checksumOfParts(
  algorithm: ChecksumAlgorithm,
  type: ChecksumType,
  parts: readonly { readonly digest: Buffer; readonly sizeBytes: number }[],
): string | undefined {
  if (type === 'COMPOSITE') {
    if (algorithm === 'CRC64NVME') return undefined;
    const whole = startChecksum(algorithm);
    for (const part of parts) whole.update(part.digest);
    return `${whole.digest().toString('base64')}-${parts.length}`;
  }
  const kind = crcKindOf(algorithm);
  const [first, ...rest] = parts;
  if (kind === undefined || first === undefined) return undefined;
  return rest.reduce((sum, part) => joinCrcs(kind, sum, part.digest, part.sizeBytes), first.digest).toString('base64');
}

function crcKindOf(algorithm: ChecksumAlgorithm): CrcKind | undefined {
  switch (algorithm) {
    case 'CRC32':
      return crc32Kind;
    case 'CRC32C':
      return crc32cKind;
    case 'CRC64NVME':
      return crc64NvmeKind;
    case 'SHA1':
    case 'SHA256':
      return undefined;
  }
}

function startNodeCrc32(): RunningChecksum {
  let value = 0;
  return {
    update(bytes) {
      value = crc32(bytes, value);
    },
    digest() {
      const out = Buffer.alloc(4);
      out.writeUInt32BE(value);
      return out;
    },
  };
}
