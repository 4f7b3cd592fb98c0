import { finished, PassThrough, Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import type { Archive, FoundObject, LookedAtObject, ObjectToStore, StoredObject } from '../../ports/archive.ts';
import { archiveClient } from './archive-client.ts';
import { errorName, s3Failure } from './s3-errors.ts';

const jsonType = 'application/json';

/**
 * The archive in the bucket `bucketName`.
 *
 * It needs s3:PutObject, s3:GetObject, s3:GetObjectVersion and, because S3 shows absence as 403 without it, s3:ListBucket.
 */
export function s3Archive(bucketName: string, client: S3Client = archiveClient()): Archive {
  return {
    create: (object, body) => create(client, bucketName, object, body),
    open: (key, versionId) => open(client, bucketName, key, versionId),
    look: (key, versionId) => look(client, bucketName, key, versionId),
    putSidecar: async (key, json) =>
      void (await putText(client, bucketName, key, { text: json, contentType: jsonType })),
    putTranscript: (key, text, contentType) => putText(client, bucketName, key, { text, contentType }),
    putParked: async (key, json) =>
      void (await putText(client, bucketName, key, { text: json, contentType: jsonType })),
  };
}

async function create(
  client: S3Client,
  bucketName: string,
  object: ObjectToStore,
  body: Readable,
): Promise<StoredObject> {
  const upload = abortedWhenBroken(body);
  const command = new PutObjectCommand({
    Bucket: bucketName,
    Key: object.key,
    Body: upload.stream,
    ContentLength: object.sizeBytes,
    ContentType: object.contentType,
    Metadata: { ...object.metadata },
    IfNoneMatch: '*',
    ChecksumAlgorithm: 'CRC64NVME',
  });
  try {
    const stored = await client.send(command, { abortSignal: upload.signal });
    if (stored.ChecksumCRC64NVME === undefined) throw new Error('the answer has no x-amz-checksum-crc64nvme');
    const versionId = stored.VersionId === undefined ? {} : { versionId: stored.VersionId };
    return { kind: 'stored', ...versionId, crc64Nvme: stored.ChecksumCRC64NVME };
  } catch (cause) {
    if (errorName(cause) === 'PreconditionFailed') return { kind: 'exists' };
    throw s3Failure('PutObject', object.key, upload.brokenBy() ?? cause);
  } finally {
    body.destroy();
  }
}

/**
 * The body as the SDK can be trusted with it: when it breaks, or ends by being destroyed, the request is aborted.
 *
 * Given the body itself, the SDK (3.1169) waits for more of it until the socket times out, and its own chunking stream
 * throws the body's error where nobody can catch it.
 */
function abortedWhenBroken(body: Readable): {
  readonly stream: Readable;
  readonly signal: AbortSignal;
  brokenBy(): unknown;
} {
  const abort = new AbortController();
  const stream = new PassThrough();
  let brokenBy: unknown;
  finished(body, { writable: false }, (error) => {
    if (error === undefined || error === null) return;
    brokenBy = error;
    abort.abort();
    stream.destroy();
  });
  return { stream: body.pipe(stream), signal: abort.signal, brokenBy: () => brokenBy };
}

async function open(
  client: S3Client,
  bucketName: string,
  key: string,
  versionId: string | undefined,
): Promise<FoundObject | undefined> {
  const version = versionId === undefined ? {} : { VersionId: versionId };
  const command = new GetObjectCommand({ Bucket: bucketName, Key: key, ...version, ChecksumMode: 'ENABLED' });
  try {
    const found = await client.send(command);
    if (!(found.Body instanceof Readable) || found.ContentLength === undefined) {
      throw new Error('the answer has no body, or no Content-Length');
    }
    return {
      stream: found.Body,
      sizeBytes: found.ContentLength,
      ...(found.VersionId !== undefined && { versionId: found.VersionId }),
      ...(found.ChecksumCRC64NVME !== undefined && { crc64Nvme: found.ChecksumCRC64NVME }),
      metadata: found.Metadata ?? {},
    };
  } catch (cause) {
    if (['NoSuchKey', 'NoSuchVersion'].includes(errorName(cause))) return undefined;
    throw s3Failure('GetObject', key, cause);
  }
}

/**
 * HEAD with ChecksumMode, which for an object under KMS is answered only to who may decrypt it.
 *
 * S3 gives no reason with a refused HEAD: 404 may mean the version, the key or the whole bucket. So what HEAD refuses is
 * asked by GET, and only S3's own word for a missing object counts as one.
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html, read 2026-11)
 */
async function look(
  client: S3Client,
  bucketName: string,
  key: string,
  versionId: string | undefined,
): Promise<LookedAtObject | undefined> {
  const command = new HeadObjectCommand({
    Bucket: bucketName,
    Key: key,
    ...(versionId !== undefined && { VersionId: versionId }),
    ChecksumMode: 'ENABLED',
  });
  const found = await client.send(command).catch(() => undefined);
  if (found?.ContentLength === undefined) return lookByOpening(client, bucketName, key, versionId);
  return {
    sizeBytes: found.ContentLength,
    ...(found.VersionId !== undefined && { versionId: found.VersionId }),
    ...(found.ChecksumCRC64NVME !== undefined && { crc64Nvme: found.ChecksumCRC64NVME }),
  };
}

async function lookByOpening(
  client: S3Client,
  bucketName: string,
  key: string,
  versionId: string | undefined,
): Promise<LookedAtObject | undefined> {
  const found = await open(client, bucketName, key, versionId);
  if (found === undefined) return undefined;
  const { stream, metadata: _metadata, ...facts } = found;
  stream.destroy();
  return facts;
}

async function putText(
  client: S3Client,
  bucketName: string,
  key: string,
  { text, contentType }: { readonly text: string; readonly contentType: string },
): Promise<{ readonly versionId?: string }> {
  const object: PutObjectCommandInput = { Bucket: bucketName, Key: key, Body: text, ContentType: contentType };
  const stored = await client.send(new PutObjectCommand(object)).catch((cause: unknown) => {
    throw s3Failure('PutObject', key, cause);
  });
  return stored.VersionId === undefined ? {} : { versionId: stored.VersionId };
}
