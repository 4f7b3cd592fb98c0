import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';

export const bucket = 'test-bucket';

export async function makeBucket(s3: S3Client): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
}

export function put(
  s3: S3Client,
  key: string,
  body: NonNullable<PutObjectCommandInput['Body']>,
  more: Omit<PutObjectCommandInput, 'Bucket' | 'Key' | 'Body'> = {},
) {
  return s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...more }));
}

export async function readText(s3: S3Client, key: string, versionId?: string): Promise<string> {
  const found = await s3.send(
    new GetObjectCommand({ Bucket: bucket, Key: key, ...(versionId === undefined ? {} : { VersionId: versionId }) }),
  );
  return (await found.Body?.transformToString()) ?? '';
}
