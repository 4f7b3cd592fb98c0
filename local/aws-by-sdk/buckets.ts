import {
  BucketLocationConstraint,
  CreateBucketCommand,
  HeadBucketCommand,
  NotFound,
  PutBucketCorsCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
} from '@aws-sdk/client-s3';
import type { CORSRule, S3Client } from '@aws-sdk/client-s3';
import type { CorsRule } from '../aws/local-aws.ts';
import type { CloudAws } from '../cloud/aws/cloud-aws.ts';

/** Makes buckets; one that is there keeps its objects and gets the settings. */
export function bucketMaker(s3: S3Client, region: string): CloudAws['createBucket'] {
  return async ({ name: Bucket, versioning, corsRules, objectLock }) => {
    if (!(await isThere(s3, Bucket))) await s3.send(new CreateBucketCommand({ Bucket, ...placedIn(region) }));
    if (versioning !== undefined) {
      const Status = versioning === 'enabled' ? 'Enabled' : 'Suspended';
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    }
    if (objectLock === true) {
      // With an empty rule, and after versioning: no lock is put on anything by itself.
      const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' } as const;
      await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
    }
    if (corsRules !== undefined) {
      const CORSRules = corsRules.map(sdkRule);
      await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    }
    return { arn: `arn:aws:s3:::${Bucket}` };
  };
}

async function isThere(s3: S3Client, Bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/** us-east-1 is the one region that CreateBucket does not want to hear of. */
function placedIn(region: string) {
  const LocationConstraint = Object.values(BucketLocationConstraint).find((one) => one === region);
  return LocationConstraint === undefined ? {} : { CreateBucketConfiguration: { LocationConstraint } };
}

const sdkRule = (rule: CorsRule): CORSRule => ({
  AllowedOrigins: [...rule.allowedOrigins],
  AllowedMethods: [...rule.allowedMethods],
  ...(rule.allowedHeaders && { AllowedHeaders: [...rule.allowedHeaders] }),
  ...(rule.exposeHeaders && { ExposeHeaders: [...rule.exposeHeaders] }),
  ...(rule.maxAgeSeconds !== undefined && { MaxAgeSeconds: rule.maxAgeSeconds }),
});
