import { AwsError } from '../aws-error.ts';
import { header, queryValue, wholeBody, type AwsRequest } from '../http/aws-request.ts';
import type { IamCall, Work } from '../http/service.ts';
import { sha256Hex } from '../http/sigv4.ts';
import { checksumAlgorithms, checksumHeader, startChecksum } from './checksums.ts';
import type { BodyProof } from './receive-body.ts';
import { malformedXml } from './s3-errors.ts';
import type { S3Store } from './store.ts';
import type { Uploads } from './uploads.ts';
import { parseXml, type XmlElement } from './xml.ts';

/** One request to S3 whose signature is proved, with the path taken apart. */
export interface S3Call {
  readonly request: AwsRequest;
  readonly bucket: string;
  /** '' for a call on the bucket itself. */
  readonly key: string;
  readonly store: S3Store;
  readonly uploads: Uploads;
  readonly now: () => number;
  readonly region: string;
  readonly bodyProof: BodyProof;
}

export type S3Operation = (call: S3Call) => Work | Promise<Work>;

const smallBodyLimitBytes = 2 * 1024 * 1024;

export function objectCall(
  action: string,
  call: Pick<S3Call, 'bucket' | 'key'>,
  conditions: Readonly<Record<string, string>> = {},
): IamCall {
  return { service: 's3', action: `s3:${action}`, resource: `arn:aws:s3:::${call.bucket}/${call.key}`, conditions };
}

export function bucketCall(action: string, bucket: string, conditions: Readonly<Record<string, string>> = {}): IamCall {
  return { service: 's3', action: `s3:${action}`, resource: `arn:aws:s3:::${bucket}`, conditions };
}

/** The document in a request's body, its hashes checked. @throws {AwsError} MalformedXML, BadDigest, … */
export async function xmlBody(call: S3Call, rootName: string): Promise<XmlElement> {
  const root = await optionalXmlBody(call);
  if (root?.name !== rootName) throw malformedXml();
  return root;
}

/** As `xmlBody`, for requests whose document may be left out. */
export async function optionalXmlBody(call: S3Call): Promise<XmlElement | undefined> {
  const body = await wholeBody(call.request, smallBodyLimitBytes);
  if (body === undefined) throw malformedXml();
  const { contentSha256 } = call.bodyProof;
  if (contentSha256 !== 'UNSIGNED-PAYLOAD' && contentSha256 !== sha256Hex(body)) {
    throw new AwsError(
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  for (const algorithm of checksumAlgorithms) {
    const promised = header(call.request, checksumHeader(algorithm));
    const checksum = startChecksum(algorithm);
    checksum.update(body);
    if (promised === undefined || promised === checksum.digest().toString('base64')) continue;
    throw new AwsError(400, 'BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  }
  if (body.length === 0) return undefined;
  return parseXml(body.toString('utf8')) ?? refuseXml();
}

export function query(call: S3Call, name: string): string | undefined {
  return queryValue(call.request, name);
}

/** `max-keys` and its like: S3 caps at 1000. */
export function limitOf(call: S3Call, name: string): number {
  const given = Number(query(call, name) ?? '1000');
  if (!Number.isInteger(given) || given < 0)
    throw new AwsError(400, 'InvalidArgument', `${name} must be a whole number from 0.`);
  return Math.min(given, 1000);
}

function refuseXml(): never {
  throw malformedXml();
}
