import { basename } from 'node:path';
import { AwsError } from '../aws-error.ts';
import { emptyAnswer, xmlAnswer } from '../http/answer.ts';
import { header } from '../http/aws-request.ts';
import { checksumAlgorithm, checksumHeader } from './checksums.ts';
import { checkPromises, checksumTypeOf, chosenParts, contentOfParts } from './multipart-content.ts';
import { headersToKeep, tagsOf, versionHeader, writtenHeaders } from './object-headers.ts';
import { callsOfWrite, writeConditions } from './put-object.ts';
import { receiveBody } from './receive-body.ts';
import { bucketCall, limitOf, objectCall, query, xmlBody, type S3Operation } from './s3-call.ts';
import { notImplemented } from './s3-errors.ts';
import { childrenOf, xml, xmlDocument, xmlGroup } from './xml.ts';

export const createMultipartUpload: S3Operation = (call) => ({
  calls: callsOfWrite(call),
  run() {
    const { request } = call;
    call.store.bucket(call.bucket);
    const named = header(request, 'x-amz-checksum-algorithm');
    const algorithm = named === undefined ? undefined : checksumAlgorithm(named);
    if (named !== undefined && algorithm === undefined)
      throw new AwsError(400, 'InvalidRequest', `Checksum algorithm ${named} is not supported.`);
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
