import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { AwsError } from '../aws-error.ts';
import { emptyAnswer, xmlAnswer } from '../http/answer.ts';
import { header } from '../http/aws-request.ts';
import {
  checksumAlgorithm,
  checksumHeader,
  checksumOfParts,
  type ChecksumAlgorithm,
  type ChecksumType,
} from './checksums.ts';
import { headersToKeep, tagsOf, versionHeader, writtenHeaders } from './object-headers.ts';
import { callsOfWrite, writeConditions } from './put-object.ts';
import { receiveBody } from './receive-body.ts';
import { malformedXml, notImplemented } from './s3-errors.ts';
import { bucketCall, limitOf, objectCall, query, xmlBody, type S3Call, type S3Operation } from './s3-call.ts';
import type { Content } from './store.ts';
import type { Upload, UploadedPart } from './uploads.ts';
import { childrenOf, childText, xml, xmlDocument, xmlGroup, type XmlElement } from './xml.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html (read 2026-11); the last part may be smaller. */
const smallestPartBytes = 5 * 1024 * 1024;

export const createMultipartUpload: S3Operation = (call) => ({
  calls: callsOfWrite(call),
  run() {
    const { request } = call;
    call.store.bucket(call.bucket);
    const named = header(request, 'x-amz-checksum-algorithm');
    const algorithm = named === undefined ? undefined : checksumAlgorithm(named);
    if (named !== undefined && algorithm === undefined) throw invalid(`Checksum algorithm ${named} is not supported.`);
    const upload = call.uploads.begin({
      bucket: call.bucket,
      key: call.key,
      initiatedAtEpochMs: call.now(),
      headers: headersToKeep(request),
      tags: tagsOf(request),
      ...(algorithm === undefined
        ? {}
        : { algorithm, checksumType: checksumTypeOf(algorithm, header(request, 'x-amz-checksum-type')) }),
    });
    const body = xmlDocument(
      'InitiateMultipartUploadResult',
      xml('Bucket', call.bucket),
      xml('Key', call.key),
      xml('UploadId', upload.uploadId),
    );
    const chosen =
      upload.algorithm === undefined || upload.checksumType === undefined
        ? {}
        : { 'x-amz-checksum-algorithm': upload.algorithm, 'x-amz-checksum-type': upload.checksumType };
    return xmlAnswer(200, body, chosen);
  },
});

export const uploadPart: S3Operation = (call) => ({
  calls: [objectCall('PutObject', call)],
  async run() {
    if (header(call.request, 'x-amz-copy-source') !== undefined) throw notImplemented('UploadPartCopy');
    const upload = call.uploads.find(call.bucket, call.key, query(call, 'uploadId'));
    const partNumber = Number(query(call, 'partNumber'));
    if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > 10_000) {
      throw new AwsError(400, 'InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
    }
    const body = await receiveBody(call.request, call.bodyProof, call.store.bodies, upload.algorithm);
    call.uploads.addPart(upload, { ...body, file: basename(body.file), partNumber, lastModifiedEpochMs: call.now() });
    return emptyAnswer(200, {
      etag: `"${body.md5.toString('hex')}"`,
      [checksumHeader(body.algorithm)]: body.checksum.toString('base64'),
    });
  },
});

/** Makes the object out of the named parts: they become its segments as they lie, so conditions and write are one step. */
export const completeMultipartUpload: S3Operation = async (call) => {
  const wanted = childrenOf(await xmlBody(call, 'CompleteMultipartUpload'), 'Part');
  return {
    calls: callsOfWrite(call),
    run() {
      const upload = call.uploads.find(call.bucket, call.key, query(call, 'uploadId'));
      const parts = chosenParts(upload, wanted);
      const content = contentOfParts(upload, parts);
      checkPromises(call, content);
      const object = call.store.put(call.bucket, call.key, content, writeConditions(call.request));
      call.uploads.end(upload, parts);
      const { checksum } = content;
      const body = xmlDocument(
        'CompleteMultipartUploadResult',
        xml('Location', `http://${header(call.request, 'host') ?? ''}${call.request.rawPath}`),
        xml('Bucket', call.bucket),
        xml('Key', call.key),
        xml('ETag', `"${content.eTag}"`),
        xml(`Checksum${checksum.algorithm}`, checksum.value),
        xml('ChecksumType', checksum.type),
      );
      const { 'x-amz-server-side-encryption': encryption = 'AES256' } = writtenHeaders(object);
      return xmlAnswer(200, body, { ...versionHeader(object), 'x-amz-server-side-encryption': encryption });
    },
  };
};

export const abortMultipartUpload: S3Operation = (call) => ({
  calls: [objectCall('AbortMultipartUpload', call)],
  run() {
    call.uploads.end(call.uploads.find(call.bucket, call.key, query(call, 'uploadId')), []);
    return emptyAnswer(204);
  },
});

export const listParts: S3Operation = (call) => ({
  calls: [objectCall('ListMultipartUploadParts', call)],
  run() {
    const upload = call.uploads.find(call.bucket, call.key, query(call, 'uploadId'));
    const after = Number(query(call, 'part-number-marker') ?? '0');
    const limit = limitOf(call, 'max-parts');
    const all = [...upload.parts.values()]
      .filter((part) => part.partNumber > after)
      .sort((one, other) => one.partNumber - other.partNumber);
    const shown = all.slice(0, limit);
    const written = shown.map((part) =>
      xmlGroup(
        'Part',
        xml('PartNumber', part.partNumber),
        xml('LastModified', new Date(part.lastModifiedEpochMs).toISOString()),
        xml('ETag', `"${part.md5.toString('hex')}"`),
        xml('Size', part.sizeBytes),
        xml(`Checksum${part.algorithm}`, part.checksum.toString('base64')),
      ),
    );
    const head = [
      xml('Bucket', call.bucket),
      xml('Key', call.key),
      xml('UploadId', upload.uploadId),
      xml('MaxParts', limit),
    ];
    const next = all.length > shown.length ? xml('NextPartNumberMarker', shown.at(-1)?.partNumber) : '';
    return xmlAnswer(
      200,
      xmlDocument('ListPartsResult', ...head, xml('IsTruncated', all.length > shown.length), next, ...written),
    );
  },
});

export const listMultipartUploads: S3Operation = (call) => ({
  calls: [bucketCall('ListBucketMultipartUploads', call.bucket)],
  run() {
    call.store.bucket(call.bucket);
    const prefix = query(call, 'prefix') ?? '';
    const written = call.uploads
      .inBucket(call.bucket)
      .filter((upload) => upload.key.startsWith(prefix))
      .map((upload) =>
        xmlGroup(
          'Upload',
          xml('Key', upload.key),
          xml('UploadId', upload.uploadId),
          xml('Initiated', new Date(upload.initiatedAtEpochMs).toISOString()),
        ),
      );
    return xmlAnswer(
      200,
      xmlDocument('ListMultipartUploadsResult', xml('Bucket', call.bucket), xml('IsTruncated', false), ...written),
    );
  },
});

function chosenParts(upload: Upload, wanted: readonly XmlElement[]): readonly UploadedPart[] {
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

function contentOfParts(upload: Upload, parts: readonly UploadedPart[]): Content {
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

/** What the completing call may promise of the whole object. */
function checkPromises(call: S3Call, content: Content): void {
  const { algorithm, value } = content.checksum;
  const checksum = header(call.request, checksumHeader(algorithm));
  if (checksum !== undefined && checksum !== value) {
    throw new AwsError(400, 'BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  }
  const size = header(call.request, 'x-amz-mp-object-size');
  if (size !== undefined && Number(size) !== content.sizeBytes)
    throw invalid('The provided x-amz-mp-object-size does not match.');
}

function checksumTypeOf(algorithm: ChecksumAlgorithm, wished: string | undefined): ChecksumType {
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
