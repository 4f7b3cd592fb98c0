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

export const algorithm = 'AWS4-HMAC-SHA256';
const longestPresignSeconds = 604_800;

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
