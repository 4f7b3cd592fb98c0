import { createHash, createHmac } from 'node:crypto';
import type { PlaybackRequest, PlaybackUrls } from '../../ports/playback-urls.ts';
import type { AwsEnv } from './aws-env.ts';

const LONGEST_VALIDITY_SECONDS = 604_800;

export interface PlaybackSettings {
  readonly bucketName: string;
  readonly aws: AwsEnv;
  readonly now: () => Date;
}

/**
 * Presigned addresses of objects in S3, signed here because the S3 client is fifty times the size of the function that
 * needs one (575 KB and 64 ms of cold start for a hash).
 *
 * Needs s3:GetObject, s3:GetObjectVersion and s3:ListBucket, asked when the address is used.
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html, read 2026-11)
 */
export function presignedPlayback({ bucketName, aws, now }: PlaybackSettings): PlaybackUrls {
  return {
    sign(request) {
      if (!(request.validForSeconds >= 1 && request.validForSeconds <= LONGEST_VALIDITY_SECONDS)) {
        throw new RangeError(
          `an address valid for ${request.validForSeconds} s: wanted 1 to ${LONGEST_VALIDITY_SECONDS}`,
        );
      }
      return signed(request, address(bucketName, request.key, aws), aws, now());
    },
  };
}

interface Address {
  readonly origin: string;
  readonly host: string;
  /** Encoded once, as S3 wants it in the signature and in the address. */
  readonly path: string;
}

/** At AWS the bucket is part of the host; at a stand-in, part of the path. */
function address(bucketName: string, key: string, aws: AwsEnv): Address {
  const encodedKey = key.split('/').map(encoded).join('/');
  if (aws.AWS_ENDPOINT_URL !== undefined) {
    const { origin, host } = new URL(aws.AWS_ENDPOINT_URL);
    return { origin, host, path: `/${encoded(bucketName)}/${encodedKey}` };
  }
  const suffix = aws.AWS_REGION.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const host = `${bucketName}.s3.${aws.AWS_REGION}.${suffix}`;
  return { origin: `https://${host}`, host, path: `/${encodedKey}` };
}

function signed(request: PlaybackRequest, at: Address, aws: AwsEnv, now: Date): string {
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${aws.AWS_REGION}/s3/aws4_request`;
  const parameters: Readonly<Record<string, string | undefined>> = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    'X-Amz-Credential': `${aws.AWS_ACCESS_KEY_ID}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(Math.floor(request.validForSeconds)),
    'X-Amz-Security-Token': aws.AWS_SESSION_TOKEN,
    'X-Amz-SignedHeaders': 'host',
    'response-cache-control': 'private, no-store',
    'response-content-disposition': `inline; filename="${request.fileName}"`,
    'response-content-type': request.contentType,
    versionId: request.versionId,
  };
  const query = canonicalQuery(parameters);
  const canonicalRequest = [request.method, at.path, query, `host:${at.host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonicalRequest).digest('hex')].join(
    '\n',
  );
  const signingKey = scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${aws.AWS_SECRET_ACCESS_KEY}`));
  return `${at.origin}${at.path}?${query}&X-Amz-Signature=${hmac(signingKey, toSign).toString('hex')}`;
}

/** Sorted by name in code-point order, which for these names is the order they are encoded in. */
function canonicalQuery(parameters: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(parameters)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${encoded(name)}=${encoded(value)}`]))
    .sort()
    .join('&');
}

/** RFC 3986: everything but letters, digits, `-`, `.`, `_` and `~`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
