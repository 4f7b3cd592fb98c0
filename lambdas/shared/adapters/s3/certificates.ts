import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Certificates } from '../../ports/certificates.ts';
import { archiveClient } from './archive-client.ts';
import { errorName, s3Failure } from './s3-errors.ts';

/** The certificates in the bucket `bucketName`, `erasures/{id}.json`. It needs s3:PutObject, s3:GetObject and s3:ListBucket. */
export function s3Certificates(bucketName: string, client: S3Client = archiveClient()): Certificates {
  const keyOf = (erasureId: string): string => `erasures/${erasureId}.json`;
  return {
    async put(erasureId, json) {
      const Key = keyOf(erasureId);
      const command = new PutObjectCommand({ Bucket: bucketName, Key, Body: json, ContentType: 'application/json' });
      await client.send(command).catch((cause: unknown) => {
        throw s3Failure('PutObject', Key, cause);
      });
    },
    async read(erasureId) {
      const Key = keyOf(erasureId);
      try {
        const found = await client.send(new GetObjectCommand({ Bucket: bucketName, Key }));
        if (found.Body === undefined) throw new Error('the answer has no body');
        return await found.Body.transformToString('utf8');
      } catch (cause) {
        if (errorName(cause) === 'NoSuchKey') return undefined;
        throw s3Failure('GetObject', Key, cause);
      }
    },
  };
}
