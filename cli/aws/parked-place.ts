import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import type { AsidePlace } from '../connection.ts';
import { parkedKey, parseParkedMessage } from '../../lambdas/shared/messages/parked-message.ts';

/** The messages of one queue that reconcile put away under `parked/` in the archive bucket. */
export function parkedPlace(name: string, client: S3Client, bucketName: string, queueName: string): AsidePlace {
  return {
    name: `parked/${name}`,
    async visitAll(visit) {
      for await (const key of keysUnder(client, bucketName, parkedKey(queueName, '').replace(/\.json$/, ''))) {
        const stored = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
        const parked = parseParkedMessage((await stored.Body?.transformToString()) ?? '');
        const reason = parked.attributes['FailureReason'] ?? 'killed-function';
        if ((await visit({ messageId: parked.messageId, body: parked.body, reason })) === 'remove') {
          await client.send(new DeleteObjectCommand({ Bucket: bucketName, Key: key }));
        }
      }
    },
  };
}

async function* keysUnder(client: S3Client, bucketName: string, prefix: string): AsyncGenerator<string> {
  let continuationToken: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket: bucketName,
        Prefix: prefix,
        ...(continuationToken !== undefined && { ContinuationToken: continuationToken }),
      }),
    );
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
    continuationToken = page.NextContinuationToken;
  } while (continuationToken !== undefined);
}
