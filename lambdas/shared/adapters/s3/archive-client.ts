import { S3Client } from '@aws-sdk/client-s3';

/**
 * A client for the archive. A copy may take minutes and that is well, so what is limited is silence: 30 s without a byte.
 * Small requests are tried three times; a stream cannot be sent again, and the SDK does not try.
 */
export function archiveClient(): S3Client {
  return new S3Client({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 2_000, socketTimeout: 30_000 },
    // The SDK would print to the console what the error it throws says as well.
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
}
