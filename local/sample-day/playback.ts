import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import type { RecordingSid } from '../../lambdas/shared/domain/sids.ts';
import type { ServedMedia } from '../twilio/simulator.ts';

/** What a browser gets from a playback link, compared with what Twilio served to the pipeline. */
export type PlaybackCheck =
  { readonly kind: 'same'; readonly sizeBytes: number } | { readonly kind: 'different'; readonly why: string };

type Served = (sid: RecordingSid) => ServedMedia | undefined;

/**
 * Opens the link as a browser does, following the redirect, and compares every byte with what Twilio sent.
 *
 * `served` is asked after the download, because it is what the pipeline got that counts.
 */
export async function checkPlayback(link: string, recordingSid: RecordingSid, served: Served): Promise<PlaybackCheck> {
  const answer = await openLink(link);
  if (!answer.ok || answer.body === null) {
    await answer.body?.cancel();
    return { kind: 'different', why: `the link answered ${answer.status}` };
  }
  if (!answer.redirected)
    return { kind: 'different', why: 'the link answered itself, without a redirect to the archive' };
  return compare(await digestOf(answer.body), served(recordingSid));
}

/** Nobody opens every link of a day at once; who is told 429 comes again when the throttle has let go. */
async function openLink(link: string): Promise<Response> {
  for (let patience = 40; ; patience -= 1) {
    const answer = await fetch(link, { redirect: 'follow' });
    if (answer.status !== 429 || patience === 0) return answer;
    await answer.body?.cancel();
    await pause(100);
  }
}

/** Reads the copy itself, as it lies in the archive, and compares every byte with what Twilio sent. */
export async function checkCopy(
  s3: S3Client,
  bucket: string,
  key: string,
  recordingSid: RecordingSid,
  served: Served,
): Promise<PlaybackCheck> {
  const stored = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (!(stored.Body instanceof Readable)) return { kind: 'different', why: 'the archive gave no body' };
  return compare(await digestOf(stored.Body), served(recordingSid));
}

interface Digest {
  readonly sizeBytes: number;
  readonly sha256: string;
}

async function digestOf(body: AsyncIterable<Uint8Array>): Promise<Digest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of body) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

function compare(got: Digest, original: ServedMedia | undefined): PlaybackCheck {
  if (original === undefined) return { kind: 'different', why: 'Twilio never served this recording' };
  // What Twilio encrypted is archived decrypted, unless it is to stay as it came.
  if (original.sound?.sizeBytes === got.sizeBytes && original.sound.sha256 === got.sha256)
    return { kind: 'same', sizeBytes: got.sizeBytes };
  if (original.sizeBytes !== got.sizeBytes)
    return { kind: 'different', why: `${got.sizeBytes} bytes, Twilio served ${original.sizeBytes}` };
  return got.sha256 === original.sha256
    ? { kind: 'same', sizeBytes: got.sizeBytes }
    : { kind: 'different', why: 'as many bytes, but other ones' };
}
