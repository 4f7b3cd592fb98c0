import { AwsError } from '../aws-error.ts';
import { header, type AwsRequest } from '../http/aws-request.ts';
import { notImplemented } from './s3-errors.ts';
import type { Content, StoredObject } from './stored-shapes.ts';
import { checksumHeader } from './checksums.ts';

const kept = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-language',
  'expires',
  'x-amz-storage-class',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-bucket-key-enabled',
];

const refused = [
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-object-lock-legal-hold',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
];

/** What a writing request says of the object and reading ones get back; `aws-chunked` is a coding of the transfer only. */
export function headersToKeep(request: AwsRequest): Readonly<Record<string, string>> {
  const unknown = refused.find((name) => header(request, name) !== undefined);
  if (unknown !== undefined) throw notImplemented(`the header ${unknown}`);
  const acl = header(request, 'x-amz-acl');
  if (acl !== undefined && acl !== 'bucket-owner-full-control') {
    throw new AwsError(400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  const metadata = Object.keys(request.incoming.headers).filter((name) => name.startsWith('x-amz-meta-'));
  const found = [...kept, ...metadata].flatMap((name) => {
    const value = header(request, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const encoding = (header(request, 'content-encoding') ?? '')
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'aws-chunked')
    .join(',');
  return {
    'content-type': 'binary/octet-stream',
    ...Object.fromEntries(found),
    ...(encoding === '' ? {} : { 'content-encoding': encoding }),
  };
}

/** `x-amz-tagging`: tags as a query string. */
export function tagsOf(request: AwsRequest): Content['tags'] {
  const tags = [...new URLSearchParams(header(request, 'x-amz-tagging') ?? '')].map(([key, value]) => ({ key, value }));
  return checkTags(tags);
}

/** @throws {AwsError} InvalidTag, BadRequest: at most 10, keys unique and 1 to 128 long, values at most 256. */
export function checkTags(tags: Content['tags']): Content['tags'] {
  if (tags.length > 10) throw new AwsError(400, 'BadRequest', 'Object tags cannot be greater than 10');
  if (new Set(tags.map((tag) => tag.key)).size !== tags.length) {
    throw new AwsError(400, 'InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  const tooLong = tags.find((tag) => tag.key.length < 1 || tag.key.length > 128 || tag.value.length > 256);
  if (tooLong !== undefined) throw new AwsError(400, 'InvalidTag', `The tag ${tooLong.key} is too long or has no key`);
  return tags;
}

export function versionHeader(version: { readonly versionId: string }): Readonly<Record<string, string>> {
  return version.versionId === 'null' ? {} : { 'x-amz-version-id': version.versionId };
}

export function checksumHeaders(content: Content): Readonly<Record<string, string>> {
  const { algorithm, value, type } = content.checksum;
  return { [checksumHeader(algorithm)]: value, 'x-amz-checksum-type': type };
}

/** What the answer to every kind of write says. */
export function writtenHeaders(object: StoredObject): Readonly<Record<string, string>> {
  const encryption = Object.entries(object.content.headers).filter(([name]) => name.startsWith('x-amz-server-side'));
  return {
    etag: `"${object.content.eTag}"`,
    ...(encryption.length === 0 ? { 'x-amz-server-side-encryption': 'AES256' } : Object.fromEntries(encryption)),
    ...checksumHeaders(object.content),
    ...versionHeader(object),
  };
}
