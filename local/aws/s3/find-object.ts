import { AwsError } from '../aws-error.ts';
import { demand, type WorkContext } from '../http/service.ts';
import { bucketCall } from './s3-call.ts';
import type { S3Store } from './store.ts';
import type { StoredObject } from './stored-shapes.ts';

/**
 * The object that a reading call means.
 *
 * Who may not list the bucket is not told that nothing is there: 403 instead of 404, as at AWS
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, read 2026-11).
 *
 * @throws {AwsError} NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed (a delete marker by its id), AccessDenied
 */
export function findObject(
  store: S3Store,
  where: { readonly bucket: string; readonly key: string; readonly versionId?: string | undefined },
  context: WorkContext,
): StoredObject {
  store.bucket(where.bucket);
  const versions = store.versionsOf(where.bucket, where.key);
  const found =
    where.versionId === undefined ? versions[0] : versions.find((version) => version.versionId === where.versionId);
  if (found?.content !== undefined) return { ...found, content: found.content };
  demand(context.caller, bucketCall(where.versionId === undefined ? 'ListBucket' : 'ListBucketVersions', where.bucket));
  if (found === undefined && where.versionId !== undefined) {
    throw new AwsError(404, 'NoSuchVersion', 'The specified version does not exist.');
  }
  const marker = found === undefined ? {} : { 'x-amz-delete-marker': 'true', 'x-amz-version-id': found.versionId };
  if (where.versionId !== undefined) {
    throw new AwsError(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      headers: marker,
    });
  }
  throw new AwsError(404, 'NoSuchKey', `The specified key does not exist: ${where.key}`, { headers: marker });
}
