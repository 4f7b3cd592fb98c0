import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import { header, type AwsRequest } from './aws-request.ts';
import { algorithm, type ClaimedSignature } from './claimed-signature.ts';

const toleratedSkewMs = 15 * 60 * 1000;

/**
 * Proves that the holder of `secretAccessKey` signed this request with this payload hash, and that it is still good now.
 *
 * A signed header request is good for 15 minutes to either side of the clock, a presigned URL until it expires.
 *
 * @throws {AwsError} SignatureDoesNotMatch, RequestTimeTooSkewed, or AccessDenied for an expired URL.
 * @returns the signing key, which streamed chunks are signed with too.
 */
export function proveSignature(
  request: AwsRequest,
  claim: ClaimedSignature,
  proof: { readonly secretAccessKey: string; readonly payloadHash: string; readonly nowEpochMs: number },
): Buffer {
  const signingKey = signingKeyOf(proof.secretAccessKey, claim);
  const canonical = canonicalRequest(request, claim, proof.payloadHash);
  const toSign = [algorithm, claim.timestamp, claim.scope, sha256Hex(canonical)].join('\n');
  const expected = createHmac('sha256', signingKey).update(toSign).digest();
  const given = Buffer.from(claim.signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    const message =
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
    throw new AwsError(403, 'SignatureDoesNotMatch', message);
  }
  judgeSignedHeaders(request, claim);
  judgeTime(claim, proof.nowEpochMs);
  return signingKey;
}

export function sha256Hex(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** What could change the meaning of a request must be under its signature. */
function judgeSignedHeaders(request: AwsRequest, claim: ClaimedSignature): void {
  const needed = ['host', ...Object.keys(request.incoming.headers).filter((name) => name.startsWith('x-amz-'))];
  const unsigned = needed.filter((name) => !claim.signedHeaders.includes(name));
  if (unsigned.length === 0) return;
  throw new AwsError(
    403,
    'AccessDenied',
    `There were headers present in the request which were not signed: ${unsigned.join(', ')}`,
  );
}

function judgeTime(claim: ClaimedSignature, nowEpochMs: number): void {
  if (claim.expiresSeconds === undefined) {
    if (Math.abs(nowEpochMs - claim.signedAtEpochMs) <= toleratedSkewMs) return;
    throw new AwsError(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    );
  }
  if (claim.signedAtEpochMs > nowEpochMs + toleratedSkewMs) {
    throw new AwsError(403, 'AccessDenied', 'Request is not valid yet.');
  }
  if (nowEpochMs > claim.signedAtEpochMs + claim.expiresSeconds * 1000) {
    throw new AwsError(403, 'AccessDenied', 'Request has expired.');
  }
}

function signingKeyOf(secretAccessKey: string, claim: ClaimedSignature): Buffer {
  return [claim.date, claim.region, claim.service, 'aws4_request'].reduce(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
}

function canonicalRequest(request: AwsRequest, claim: ClaimedSignature, payloadHash: string): string {
  const path = request.rawPath === '' ? '/' : request.rawPath;
  // S3 signs the path as it stands, every other service encodes it once more.
  const uri = claim.service === 's3' ? path : path.split('/').map(encode).join('/');
  const query = request.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort((one, other) => compare(one[0], other[0]) || compare(one[1], other[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const headers = claim.signedHeaders.map(
    (name) => `${name}:${(header(request, name) ?? '').trim().replace(/ +/g, ' ')}\n`,
  );
  return [request.method, uri, query, headers.join(''), claim.signedHeaders.join(';'), payloadHash].join('\n');
}

/** RFC 3986: everything but letters, digits and `-._~` is escaped. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
