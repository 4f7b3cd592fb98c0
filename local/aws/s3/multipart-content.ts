import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import { header } from '../http/aws-request.ts';
import { checksumHeader, checksumOfParts, type ChecksumAlgorithm, type ChecksumType } from './checksums.ts';
import { malformedXml } from './s3-errors.ts';
import type { S3Call } from './s3-call.ts';
import type { Content } from './stored-shapes.ts';
import type { Upload, UploadedPart } from './uploads.ts';
import { childText, type XmlElement } from './xml.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html (read 2026-11); the last part may be smaller. */
const smallestPartBytes = 5 * 1024 * 1024;

/** The parts that the completing call names, each as it was uploaded. @throws {AwsError} InvalidPart, InvalidPartOrder, EntityTooSmall */
export function chosenParts(upload: Upload, wanted: readonly XmlElement[]): readonly UploadedPart[] {
  if (wanted.length === 0) throw malformedXml();
  let previous = 0;
  const parts = wanted.map((named) => {
    const partNumber = Number(childText(named, 'PartNumber'));
    if (partNumber <= previous)
      throw new AwsError(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.');
    previous = partNumber;
    const part = upload.parts.get(partNumber);
    const isSame =
      part !== undefined &&
      (childText(named, 'ETag') ?? '').replaceAll('"', '') === part.md5.toString('hex') &&
      (childText(named, `Checksum${part.algorithm}`) ?? part.checksum.toString('base64')) ===
        part.checksum.toString('base64');
    if (!isSame)
      throw new AwsError(
        400,
        'InvalidPart',
        `Part ${partNumber} was not uploaded, or its ETag or checksum is another.`,
      );
    return part;
  });
  if (parts.slice(0, -1).some((part) => part.sizeBytes < smallestPartBytes)) {
    throw new AwsError(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return parts;
}

/** The object they make: the parts become its segments as they lie. */
export function contentOfParts(upload: Upload, parts: readonly UploadedPart[]): Content {
  const algorithm = upload.algorithm ?? parts[0]?.algorithm ?? 'CRC64NVME';
  if (parts.some((part) => part.algorithm !== algorithm))
    throw invalid(`All parts must carry a ${algorithm} checksum.`);
  const type = upload.checksumType ?? checksumTypeOf(algorithm, undefined);
  const value = checksumOfParts(
    algorithm,
    type,
    parts.map((part) => ({ digest: part.checksum, sizeBytes: part.sizeBytes })),
  );
  if (value === undefined) throw invalid(`A ${type} checksum cannot be made of ${algorithm} parts.`);
  const md5 = createHash('md5');
  for (const part of parts) md5.update(part.md5);
  return {
    eTag: `${md5.digest('hex')}-${parts.length}`,
    sizeBytes: parts.reduce((sum, part) => sum + part.sizeBytes, 0),
    segments: parts.map((part) => ({ file: part.file, sizeBytes: part.sizeBytes })),
    headers: upload.headers,
    tags: upload.tags,
    checksum: { algorithm, value, type },
  };
}

/** Checks what the completing call may promise of the whole object. */
export function checkPromises(call: S3Call, content: Content): void {
  const { algorithm, value } = content.checksum;
  const checksum = header(call.request, checksumHeader(algorithm));
  if (checksum !== undefined && checksum !== value) {
    throw new AwsError(400, 'BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  }
  const size = header(call.request, 'x-amz-mp-object-size');
  if (size !== undefined && Number(size) !== content.sizeBytes)
    throw invalid('The provided x-amz-mp-object-size does not match.');
}

/** The type asked for, or the algorithm's usual one. @throws {AwsError} when S3 does not offer the two together. */
export function checksumTypeOf(algorithm: ChecksumAlgorithm, wished: string | undefined): ChecksumType {
  const usual: ChecksumType = algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
  if (wished === undefined) return usual;
  if (wished !== 'FULL_OBJECT' && wished !== 'COMPOSITE')
    throw invalid(`Value ${wished} for x-amz-checksum-type is invalid.`);
  const isOffered = wished === 'COMPOSITE' ? algorithm !== 'CRC64NVME' : !algorithm.startsWith('SHA');
  if (!isOffered) throw invalid(`The ${wished} checksum type cannot be used with the ${algorithm} checksum algorithm.`);
  return wished;
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'InvalidRequest', message);
}
