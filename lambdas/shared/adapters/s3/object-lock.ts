import { GetObjectLegalHoldCommand, GetObjectRetentionCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ObjectLock } from '../../ports/archive-keeping.ts';
import { errorName, s3Failure } from './s3-errors.ts';

/**
 * S3's answers where a version has no lock and no hold: a name of its own
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, read 2026-11), and where the whole bucket has none
 * to give InvalidRequest, which only its text tells from others (github.com/adobe/S3Mock checks it against S3; read 2026-11).
 */
function saysNone(cause: unknown): boolean {
  const name = errorName(cause);
  if (name === 'NoSuchObjectLockConfiguration') return true;
  return name === 'InvalidRequest' && cause instanceof Error && cause.message.includes('Object Lock Configuration');
}

/** The lock on one version, run out or not; undefined where there never was one. Needs s3:GetObjectRetention. @throws {RetryableError} */
export async function objectLock(
  client: S3Client,
  bucketName: string,
  key: string,
  versionId: string,
): Promise<ObjectLock | undefined> {
  const command = new GetObjectRetentionCommand({ Bucket: bucketName, Key: key, VersionId: versionId });
  try {
    const { Retention } = await client.send(command);
    if (Retention?.Mode === undefined || Retention.RetainUntilDate === undefined) return undefined;
    return { mode: Retention.Mode === 'COMPLIANCE' ? 'compliance' : 'governance', until: Retention.RetainUntilDate };
  } catch (cause) {
    if (saysNone(cause)) return undefined;
    throw s3Failure('GetObjectRetention', key, cause);
  }
}

/** Whether a legal hold is on one version. Needs s3:GetObjectLegalHold. @throws {RetryableError} */
export async function hasLegalHold(
  client: S3Client,
  bucketName: string,
  key: string,
  versionId: string,
): Promise<boolean> {
  const command = new GetObjectLegalHoldCommand({ Bucket: bucketName, Key: key, VersionId: versionId });
  try {
    return (await client.send(command)).LegalHold?.Status === 'ON';
  } catch (cause) {
    if (saysNone(cause)) return false;
    throw s3Failure('GetObjectLegalHold', key, cause);
  }
}
