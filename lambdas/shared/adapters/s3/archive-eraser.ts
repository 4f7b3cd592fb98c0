import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ArchiveEraser, ErasedVersion } from '../../ports/archive-eraser.ts';
import { archiveClient } from './archive-client.ts';
import { hasLegalHold, objectLock } from './object-lock.ts';
import { objectVersions } from './object-versions.ts';
import { errorName, s3Failure } from './s3-errors.ts';

/**
 * Takes objects of the bucket `bucketName` away, version by version.
 *
 * It needs s3:ListBucketVersions on the bucket, and on its objects s3:GetObjectVersion, s3:DeleteObject,
 * s3:DeleteObjectVersion, s3:GetObjectRetention and s3:GetObjectLegalHold; to open governance locks also
 * s3:BypassGovernanceRetention.
 */
export function s3ArchiveEraser(bucketName: string, client: S3Client = archiveClient()): ArchiveEraser {
  return {
    versions: (prefix) => objectVersions(client, bucketName, prefix),
    readText: (key, versionId) => readText(client, bucketName, key, versionId),
    erase: (key, versionId, has) => erase(client, bucketName, { key, versionId }, has),
  };
}

async function readText(
  client: S3Client,
  bucketName: string,
  key: string,
  versionId: string,
): Promise<string | undefined> {
  try {
    const found = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: key, VersionId: versionId }));
    if (found.Body === undefined) throw new Error('the answer has no body');
    return await found.Body.transformToString('utf8');
  } catch (cause) {
    // A delete marker holds no text: S3 answers 405 for it, and says which method it does not allow.
    if (['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed'].includes(errorName(cause))) return undefined;
    throw s3Failure('GetObjectVersion', key, cause);
  }
}

interface Version {
  readonly key: string;
  readonly versionId: string;
}

/**
 * S3 says AccessDenied for a version under a lock or a hold as for who may not delete at all; what lies on the version
 * tells which it was. The way round a governance lock is asked for only where one was found in the way.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html, read 2026-11)
 */
async function erase(
  client: S3Client,
  bucketName: string,
  version: Version,
  { opensGovernance }: { readonly opensGovernance: boolean },
): Promise<ErasedVersion> {
  const refused = await deleteVersion(client, bucketName, version, {});
  if (refused === undefined) return { kind: 'erased' };
  const { key, versionId } = version;
  if (await hasLegalHold(client, bucketName, key, versionId)) return { kind: 'held' };
  const lock = await objectLock(client, bucketName, key, versionId);
  if (lock === undefined) throw refused;
  if (lock.mode === 'compliance' || !opensGovernance) return { kind: 'locked', lock };
  const refusedAgain = await deleteVersion(client, bucketName, version, { BypassGovernanceRetention: true });
  if (refusedAgain !== undefined) throw refusedAgain;
  return { kind: 'erased' };
}

/** Undefined when it is gone; the failure when S3 denied it. @throws {RetryableError} for any other fault. */
async function deleteVersion(
  client: S3Client,
  bucketName: string,
  { key, versionId }: Version,
  has: { readonly BypassGovernanceRetention?: true },
): Promise<Error | undefined> {
  try {
    await client.send(new DeleteObjectCommand({ Bucket: bucketName, Key: key, VersionId: versionId, ...has }));
    return undefined;
  } catch (cause) {
    if (['NoSuchKey', 'NoSuchVersion'].includes(errorName(cause))) return undefined;
    const failure = s3Failure('DeleteObjectVersion', key, cause);
    if (errorName(cause) === 'AccessDenied') return failure;
    throw failure;
  }
}
