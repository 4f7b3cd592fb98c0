import { PutObjectLegalHoldCommand, PutObjectRetentionCommand, PutObjectTaggingCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ArchiveKeeping, ObjectLock } from '../../ports/archive-keeping.ts';
import { archiveClient } from './archive-client.ts';
import { hasLegalHold, objectLock } from './object-lock.ts';
import { objectVersions } from './object-versions.ts';
import { errorName, s3Failure } from './s3-errors.ts';

/**
 * How objects of the bucket `bucketName` are kept.
 *
 * It needs s3:ListBucketVersions on the bucket, and on its objects s3:PutObjectTagging, s3:PutObjectVersionTagging,
 * s3:PutObjectLegalHold, s3:PutObjectRetention and s3:GetObjectRetention; to be asked of holds, s3:GetObjectLegalHold. It
 * never asks to get round a governance lock.
 */
export function s3ArchiveKeeping(bucketName: string, client: S3Client = archiveClient()): ArchiveKeeping {
  return {
    versions: (prefix) => objectVersions(client, bucketName, prefix),
    setTags: (key, versionId, tags) => setTags(client, bucketName, { key, versionId, tags }),
    setLegalHold: (key, versionId, isHeld) => setLegalHold(client, bucketName, { key, versionId, isHeld }),
    isHeld: (key, versionId) => hasLegalHold(client, bucketName, key, versionId),
    lockOf: (key, versionId) => objectLock(client, bucketName, key, versionId),
    lock: (key, versionId, lock) => putLock(client, bucketName, { key, versionId, lock }),
  };
}

async function setTags(
  client: S3Client,
  bucketName: string,
  { key, versionId, tags }: { key: string; versionId: string; tags: Readonly<Record<string, string>> },
): Promise<void> {
  const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const command = new PutObjectTaggingCommand({
    Bucket: bucketName,
    Key: key,
    VersionId: versionId,
    Tagging: { TagSet },
  });
  await client.send(command).catch((cause: unknown) => {
    throw s3Failure('PutObjectVersionTagging', key, cause);
  });
}

async function setLegalHold(
  client: S3Client,
  bucketName: string,
  { key, versionId, isHeld }: { key: string; versionId: string; isHeld: boolean },
): Promise<void> {
  const command = new PutObjectLegalHoldCommand({
    Bucket: bucketName,
    Key: key,
    VersionId: versionId,
    LegalHold: { Status: isHeld ? 'ON' : 'OFF' },
  });
  await client.send(command).catch((cause: unknown) => {
    throw s3Failure('PutObjectLegalHold', key, cause);
  });
}

/**
 * S3 has one word, AccessDenied, for who may not lock and for a lock that would become shorter or weaker; what lies on
 * the version tells which it was. AWS documents that such a change wants the way round
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html, read 2026-11), and the word nowhere.
 */
async function putLock(
  client: S3Client,
  bucketName: string,
  { key, versionId, lock }: { key: string; versionId: string; lock: ObjectLock },
): Promise<'locked' | 'refused'> {
  const command = new PutObjectRetentionCommand({
    Bucket: bucketName,
    Key: key,
    VersionId: versionId,
    Retention: { Mode: lock.mode === 'compliance' ? 'COMPLIANCE' : 'GOVERNANCE', RetainUntilDate: lock.until },
  });
  try {
    await client.send(command);
    return 'locked';
  } catch (cause) {
    if (errorName(cause) === 'AccessDenied') {
      const there = await objectLock(client, bucketName, key, versionId);
      if (there !== undefined && (there.mode !== lock.mode || there.until > lock.until)) return 'refused';
    }
    throw s3Failure('PutObjectRetention', key, cause);
  }
}
