import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ArchiveReports, ListedObject } from '../../ports/archive-reports.ts';
import { archiveClient } from './archive-client.ts';
import { errorName, s3Failure } from './s3-errors.ts';

/** Lists of and reports in the bucket `bucketName`. It needs s3:ListBucket, and s3:GetObject and s3:PutObject on `reports/*`. */
export function s3ArchiveReports(bucketName: string, client: S3Client = archiveClient()): ArchiveReports {
  return {
    list: (prefix) => list(client, bucketName, prefix),
    async readReport(key) {
      try {
        const found = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
        return await found.Body?.transformToString('utf8');
      } catch (cause) {
        if (errorName(cause) === 'NoSuchKey') return undefined;
        throw s3Failure('GetObject', key, cause);
      }
    },
    async putReport(key, text, contentType) {
      const command = new PutObjectCommand({ Bucket: bucketName, Key: key, Body: text, ContentType: contentType });
      await client.send(command).catch((cause: unknown) => {
        throw s3Failure('PutObject', key, cause);
      });
    },
  };
}

async function list(client: S3Client, bucketName: string, prefix: string): Promise<readonly ListedObject[]> {
  const found: ListedObject[] = [];
  let next: { readonly ContinuationToken?: string } | undefined = {};
  while (next !== undefined) {
    const page = await pageAt(client, bucketName, prefix, next);
    found.push(...page.objects);
    next = page.token === undefined ? undefined : { ContinuationToken: page.token };
  }
  return found;
}

async function pageAt(
  client: S3Client,
  bucketName: string,
  prefix: string,
  place: { readonly ContinuationToken?: string },
): Promise<{ readonly objects: readonly ListedObject[]; readonly token: string | undefined }> {
  const command = new ListObjectsV2Command({ Bucket: bucketName, Prefix: prefix, ...place });
  const page = await client.send(command).catch((cause: unknown) => {
    throw s3Failure('ListBucket', prefix, cause);
  });
  const objects = (page.Contents ?? []).flatMap(({ Key, Size }) =>
    Key === undefined ? [] : [{ key: Key, sizeBytes: Size ?? 0 }],
  );
  return { objects, token: page.IsTruncated === true ? page.NextContinuationToken : undefined };
}
