import { AwsError } from '../aws-error.ts';
import type { Answer } from '../http/answer.ts';
import { decodedPath, type AwsRequest } from '../http/aws-request.ts';
import { escapeXml } from './xml.ts';

export function noSuchBucket(bucket: string): AwsError {
  return new AwsError(404, 'NoSuchBucket', `The specified bucket does not exist: ${bucket}`);
}

export function noSuchUpload(): AwsError {
  const message =
    'The specified multipart upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.';
  return new AwsError(404, 'NoSuchUpload', message);
}

export function preconditionFailed(condition: string): AwsError {
  return new AwsError(
    412,
    'PreconditionFailed',
    `At least one of the pre-conditions you specified did not hold: ${condition}`,
  );
}

export function malformedXml(): AwsError {
  return new AwsError(
    400,
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema.',
  );
}

export function notImplemented(what: string): AwsError {
  return new AwsError(501, 'NotImplemented', `The local S3 does not offer this: ${what}`);
}

/** S3's error document, without one where HTTP allows none. */
export function s3Refusal(error: AwsError, request: AwsRequest): Answer {
  const isBodiless = request.method === 'HEAD' || error.status === 304;
  const resource = request.rawPath.includes('%') && error.code === 'InvalidURI' ? '' : decodedPath(request);
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message><Resource>${escapeXml(resource)}</Resource></Error>`;
  return {
    status: error.status,
    headers: { ...(isBodiless ? {} : { 'content-type': 'application/xml' }), ...error.headers },
    body: isBodiless ? '' : body,
  };
}
