import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ChecksumAlgorithm, ChecksumType } from './checksums.ts';
import { noSuchUpload } from './s3-errors.ts';
import type { Content } from './stored-shapes.ts';

export interface UploadedPart {
  readonly partNumber: number;
  readonly file: string;
  readonly sizeBytes: number;
  readonly md5: Buffer;
  readonly algorithm: ChecksumAlgorithm;
  readonly checksum: Buffer;
  readonly lastModifiedEpochMs: number;
}

export interface Upload {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  readonly initiatedAtEpochMs: number;
  readonly headers: Content['headers'];
  readonly tags: Content['tags'];
  /** Absent when the creating call named none: then the parts decide. */
  readonly algorithm?: ChecksumAlgorithm;
  readonly checksumType?: ChecksumType;
  readonly parts: ReadonlyMap<number, UploadedPart>;
}

/** Multipart uploads that are under way. They live in memory: an upload does not survive the stand-in. */
export interface Uploads {
  begin(upload: Omit<Upload, 'uploadId' | 'parts'>): Upload;
  /** @throws {AwsError} NoSuchUpload */
  find(bucket: string, key: string, uploadId: string | undefined): Upload;
  /** Puts the part in, over one of the same number. @throws {AwsError} NoSuchUpload when it ended meanwhile. */
  addPart(upload: Upload, part: UploadedPart): void;
  /** Ends the upload; the files of the parts not in `kept` are removed. */
  end(upload: Upload, kept: readonly UploadedPart[]): void;
  inBucket(bucket: string): readonly Upload[];
}

export function startUploads(bodies: string): Uploads {
  const uploads = new Map<string, Upload & { readonly parts: Map<number, UploadedPart> }>();
  const find = (bucket: string, key: string, uploadId: string | undefined) => {
    const found = uploads.get(uploadId ?? '');
    if (found === undefined || found.bucket !== bucket || found.key !== key) throw noSuchUpload();
    return found;
  };
  const remove = (part: UploadedPart | undefined): void => {
    if (part !== undefined) rmSync(join(bodies, part.file), { force: true });
  };
  return {
    begin(upload) {
      const begun = {
        ...upload,
        uploadId: randomBytes(32).toString('base64url'),
        parts: new Map<number, UploadedPart>(),
      };
      uploads.set(begun.uploadId, begun);
      return begun;
    },
    find,
    addPart(upload, part) {
      if (!uploads.has(upload.uploadId)) remove(part);
      const { parts } = find(upload.bucket, upload.key, upload.uploadId);
      remove(parts.get(part.partNumber));
      parts.set(part.partNumber, part);
    },
    end(upload, kept) {
      uploads.delete(upload.uploadId);
      for (const part of upload.parts.values()) if (!kept.includes(part)) remove(part);
    },
    inBucket: (bucket) => [...uploads.values()].filter((upload) => upload.bucket === bucket),
  };
}
