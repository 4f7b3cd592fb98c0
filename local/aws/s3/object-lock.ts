import { AwsError } from '../aws-error.ts';
import { emptyAnswer, xmlAnswer } from '../http/answer.ts';
import type { Answer } from '../http/answer.ts';
import { header, type AwsRequest } from '../http/aws-request.ts';
import type { IamCall, WorkContext } from '../http/service.ts';
import { malformedXml, notImplemented } from './s3-errors.ts';
import { bucketCall, objectCall, xmlBody, type S3Call, type S3Operation } from './s3-call.ts';
import type { StoredObject, StoredVersion } from './stored-shapes.ts';
import { childText, xml, xmlDocument } from './xml.ts';

/*
 * Object Lock: a version under a legal hold, or whose retention has not run out, is not deleted by its id; a delete
 * marker may still be put on top, and tags and further versions written.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html, read 2026-11)
 */

export const getObjectLockConfiguration: S3Operation = (call) => ({
  calls: [bucketCall('GetBucketObjectLockConfiguration', call.bucket)],
  run() {
    if (call.store.bucket(call.bucket).objectLock !== true) {
      const message = 'Object Lock configuration does not exist for this bucket';
      throw new AwsError(404, 'ObjectLockConfigurationNotFoundError', message);
    }
    return xmlAnswer(200, xmlDocument('ObjectLockConfiguration', xml('ObjectLockEnabled', 'Enabled')));
  },
});

/** Switches locks on for good; a default for every new object is not offered, because nobody here wants one. */
export const putObjectLockConfiguration: S3Operation = async (call) => {
  const root = await xmlBody(call, 'ObjectLockConfiguration');
  demandDigest(call);
  if (childText(root, 'ObjectLockEnabled') !== 'Enabled') throw malformedXml();
  if (root.children.some(({ name }) => name === 'Rule')) throw notImplemented('a default retention of a bucket');
  return {
    calls: [bucketCall('PutBucketObjectLockConfiguration', call.bucket)],
    run() {
      const bucket = call.store.bucket(call.bucket);
      if (bucket.versioning !== 'enabled') {
        throw new AwsError(
          409,
          'InvalidBucketState',
          "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
        );
      }
      call.store.saveBucket({ ...bucket, objectLock: true });
      return emptyAnswer(200);
    },
  };
};

/** @throws {AwsError} InvalidRequest where the bucket has no locks to give. */
export function demandObjectLock(call: S3Call): void {
  if (call.store.bucket(call.bucket).objectLock === true) return;
  throw new AwsError(400, 'InvalidRequest', 'Bucket is missing Object Lock Configuration');
}

/** @throws {AwsError} InvalidRequest: what changes a lock must bring a digest of its body. */
export function demandDigest({ request }: S3Call): void {
  const has = Object.keys(request.incoming.headers).some(
    (name) => name === 'content-md5' || name.startsWith('x-amz-checksum-'),
  );
  if (has) return;
  const message = 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*';
  throw new AwsError(400, 'InvalidRequest', message);
}

export function isBypassing(request: AwsRequest): boolean {
  return header(request, 'x-amz-bypass-governance-retention')?.toLowerCase() === 'true';
}

/** Who says that a governance lock shall not count needs leave for it, whether or not one is in the way. */
export function bypassCall(call: S3Call): readonly IamCall[] {
  return isBypassing(call.request) ? [objectCall('BypassGovernanceRetention', call)] : [];
}

/** @throws {AwsError} AccessDenied for a version under a hold, or under a lock that has not run out and is not bypassed. */
export function refuseIfProtected(
  version: StoredVersion,
  how: { readonly nowEpochMs: number; readonly isBypassing: boolean },
): void {
  const isLocked =
    version.retention !== undefined &&
    version.retention.untilEpochMs > how.nowEpochMs &&
    (version.retention.mode === 'COMPLIANCE' || !how.isBypassing);
  if (version.legalHold !== 'ON' && !isLocked) return;
  throw new AwsError(403, 'AccessDenied', 'Access Denied because object protected by object lock.');
}

/**
 * What reading an object says of its lock and its hold, to whoever may ask for them.
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html, read 2026-11)
 */
export function lockHeaders(call: S3Call, object: StoredObject, context: WorkContext): Answer['headers'] {
  const may = (action: string): boolean => context.caller.judge(objectCall(action, call)).allowed;
  const { retention, legalHold } = object;
  return {
    ...(retention !== undefined && may('GetObjectRetention')
      ? {
          'x-amz-object-lock-mode': retention.mode,
          'x-amz-object-lock-retain-until-date': new Date(retention.untilEpochMs).toISOString(),
        }
      : {}),
    ...(legalHold !== undefined && may('GetObjectLegalHold') ? { 'x-amz-object-lock-legal-hold': legalHold } : {}),
  };
}
