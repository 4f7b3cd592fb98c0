import { AwsError } from '../aws-error.ts';
import { decodedPath, header, type AwsRequest } from '../http/aws-request.ts';
import type { Service } from '../http/service.ts';
import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  getBucketVersioning,
  headBucket,
  listBuckets,
  putBucketVersioning,
} from './buckets.ts';
import { deleteBucketCors, getBucketCors, putBucketCors } from './cors.ts';
import { deleteObject, deleteObjects } from './deleting.ts';
import { getObject } from './get-object.ts';
import { listObjects, listObjectVersions } from './listing.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
} from './multipart.ts';
import { getObjectLegalHold, putObjectLegalHold } from './legal-hold.ts';
import { getObjectLockConfiguration, putObjectLockConfiguration } from './object-lock.ts';
import { getObjectRetention, putObjectRetention } from './retention.ts';
import { copyObject, putObject } from './put-object.ts';
import { notImplemented, s3Refusal } from './s3-errors.ts';
import type { S3Operation } from './s3-call.ts';
import type { S3Store } from './store.ts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './tagging.ts';
import { startUploads } from './uploads.ts';

/** By `METHOD kind[?subresource]`; what is not here is refused by name, never taken for something else. */
const operations: Readonly<Record<string, S3Operation>> = {
  'GET account': listBuckets,
  'PUT bucket': createBucket,
  'HEAD bucket': headBucket,
  'DELETE bucket': deleteBucket,
  'GET bucket': listObjects,
  'GET bucket?versions': listObjectVersions,
  'GET bucket?uploads': listMultipartUploads,
  'GET bucket?location': getBucketLocation,
  'GET bucket?versioning': getBucketVersioning,
  'PUT bucket?versioning': putBucketVersioning,
  'GET bucket?cors': getBucketCors,
  'PUT bucket?cors': putBucketCors,
  'DELETE bucket?cors': deleteBucketCors,
  'POST bucket?delete': deleteObjects,
  'PUT object': putObject,
  'PUT object (copy)': copyObject,
  'GET object': getObject,
  'HEAD object': getObject,
  'DELETE object': deleteObject,
  'GET object?tagging': getObjectTagging,
  'PUT object?tagging': putObjectTagging,
  'DELETE object?tagging': deleteObjectTagging,
  'GET bucket?object-lock': getObjectLockConfiguration,
  'PUT bucket?object-lock': putObjectLockConfiguration,
  'GET object?retention': getObjectRetention,
  'PUT object?retention': putObjectRetention,
  'GET object?legal-hold': getObjectLegalHold,
  'PUT object?legal-hold': putObjectLegalHold,
  'POST object?uploads': createMultipartUpload,
  'PUT object?uploadId': uploadPart,
  'POST object?uploadId': completeMultipartUpload,
  'DELETE object?uploadId': abortMultipartUpload,
  'GET object?uploadId': listParts,
};

/** Query names that only shape an answer; any other valueless or lower-case name chooses the operation. */
const plainParameters = new Set([
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'marker',
  'start-after',
  'continuation-token',
  'fetch-owner',
  'encoding-type',
  'key-marker',
  'version-id-marker',
  'max-uploads',
  'upload-id-marker',
  'max-parts',
  'part-number-marker',
  'partNumber',
  'versionId',
  'x-id',
]);

export function s3Service(parts: {
  readonly store: S3Store;
  readonly now: () => number;
  readonly region: string;
}): Service {
  const uploads = startUploads(parts.store.bodies);
  return {
    async understand(request, claim, prove) {
      const stated = header(request, 'x-amz-content-sha256');
      const contentSha256 = claim.place === 'query' ? 'UNSIGNED-PAYLOAD' : stated;
      if (contentSha256 === undefined)
        throw new AwsError(400, 'InvalidRequest', 'Missing required header: x-amz-content-sha256');
      const signingKey = prove(contentSha256);
      const { bucket, key } = placeOf(request);
      const bodyProof = { claim, signingKey, contentSha256 };
      return operationOf(request, { bucket, key })({ ...parts, request, bucket, key, uploads, bodyProof });
    },
    refuse: s3Refusal,
  };
}

function placeOf(request: AwsRequest): { readonly bucket: string; readonly key: string } {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?([^]*)$/.exec(decodedPath(request)) ?? [];
  return { bucket, key };
}

function operationOf(request: AwsRequest, place: { readonly bucket: string; readonly key: string }): S3Operation {
  const kind = place.bucket === '' ? 'account' : place.key === '' ? 'bucket' : 'object';
  const subresources = request.query
    .map(([name]) => name)
    .filter((name) => !plainParameters.has(name) && !name.startsWith('response-') && !/^x-amz-/i.test(name));
  const isCopy = header(request, 'x-amz-copy-source') !== undefined && subresources.length === 0;
  const name = `${request.method} ${kind}${subresources.map((subresource) => `?${subresource}`).join('')}${isCopy ? ' (copy)' : ''}`;
  const operation = operations[name];
  if (operation === undefined) throw notImplemented(name);
  return operation;
}
