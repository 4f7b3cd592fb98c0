import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import { header, queryValue, type AwsRequest } from './aws-request.ts';

/** Signature Version 4 as a request claims it; nothing of it is proved yet. */
export interface ClaimedSignature {
  readonly place: 'header' | 'query';
  readonly accessKeyId: string;
  /** `yyyymmdd/region/service/aws4_request`. */
  readonly scope: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** `yyyymmddThhmmssZ`. */
  readonly timestamp: string;
  readonly signedAtEpochMs: number;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** How long a presigned URL is good. */
  readonly expiresSeconds?: number;
}

const algorithm = 'AWS4-HMAC-SHA256';
const longestPresignSeconds = 604_800;
const toleratedSkewMs = 15 * 60 * 1000;

/**
 * Reads what the request says of its signer; undefined when it is not signed at all.
 *
 * @throws {AwsError} AuthorizationHeaderMalformed or AuthorizationQueryParametersError when it cannot be read.
 */
export function claimedSignature(request: AwsRequest): ClaimedSignature | undefined {
  const authorization = header(request, 'authorization');
  if (authorization !== undefined) return fromHeader(request, authorization);
  return queryValue(request, 'X-Amz-Signature') === undefined ? undefined : fromQuery(request);
}

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

function fromHeader(request: AwsRequest, authorization: string): ClaimedSignature {
  const found = /^AWS4-HMAC-SHA256 +Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/.exec(
    authorization,
  );
  const [, credential, signedHeaders, signature] = found ?? [];
  const timestamp = header(request, 'x-amz-date');
  if (credential === undefined || signedHeaders === undefined || signature === undefined || timestamp === undefined) {
    throw malformed('header', 'it needs Credential, SignedHeaders and Signature of AWS4-HMAC-SHA256, and x-amz-date');
  }
  return readClaim('header', { credential, signedHeaders, signature, timestamp });
}

function fromQuery(request: AwsRequest): ClaimedSignature {
  const [credential, signedHeaders, signature, timestamp, expires] = [
    'X-Amz-Credential',
    'X-Amz-SignedHeaders',
    'X-Amz-Signature',
    'X-Amz-Date',
    'X-Amz-Expires',
  ].map((name) => queryValue(request, name));
  if (
    !credential ||
    !signedHeaders ||
    !signature ||
    !timestamp ||
    queryValue(request, 'X-Amz-Algorithm') !== algorithm
  ) {
    throw malformed('query', 'it needs X-Amz-Algorithm, -Credential, -Date, -SignedHeaders, -Expires and -Signature');
  }
  const expiresSeconds = Number(expires ?? '');
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > longestPresignSeconds) {
    throw malformed('query', `X-Amz-Expires must be 1 to ${longestPresignSeconds} seconds`);
  }
  return { ...readClaim('query', { credential, signedHeaders, signature, timestamp }), expiresSeconds };
}

function readClaim(
  place: 'header' | 'query',
  parts: {
    readonly credential: string;
    readonly signedHeaders: string;
    readonly signature: string;
    readonly timestamp: string;
  },
): ClaimedSignature {
  const [accessKeyId, date, region, service, end, more] = parts.credential.split('/');
  const time = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(parts.timestamp);
  if (!accessKeyId || !date || !region || !service || end !== 'aws4_request' || more !== undefined) {
    throw malformed(place, 'the credential must be <key>/<yyyymmdd>/<region>/<service>/aws4_request');
  }
  if (time === null || !parts.timestamp.startsWith(date))
    throw malformed(place, 'the date must be that of the credential');
  const [, year, month, day, hour, minute, second] = time.map(Number);
  return {
    place,
    accessKeyId,
    scope: `${date}/${region}/${service}/aws4_request`,
    date,
    region,
    service,
    timestamp: parts.timestamp,
    signedAtEpochMs: Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second),
    signedHeaders: parts.signedHeaders.split(';'),
    signature: parts.signature,
  };
}

function malformed(place: 'header' | 'query', why: string): AwsError {
  const code = place === 'header' ? 'AuthorizationHeaderMalformed' : 'AuthorizationQueryParametersError';
  return new AwsError(400, code, `The authorization is malformed: ${why}.`);
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
