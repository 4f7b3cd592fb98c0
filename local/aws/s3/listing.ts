import { xmlAnswer } from '../http/answer.ts';
import { compareKeys } from './compare-keys.ts';
import { bucketCall, limitOf, query, type S3Call, type S3Operation } from './s3-call.ts';
import { AwsError } from '../aws-error.ts';
import type { StoredVersion } from './stored-shapes.ts';
import { xml, xmlDocument, xmlGroup } from './xml.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** The last key or common prefix on the page. */
  readonly last: string | undefined;
}

/** ListObjectsV2 (`list-type=2`) and the older ListObjects. */
export const listObjects: S3Operation = (call) => ({
  calls: [bucketCall('ListBucket', call.bucket, listConditions(call))],
  run() {
    call.store.bucket(call.bucket);
    const isV2 = query(call, 'list-type') === '2';
    const start = isV2
      ? (readToken(query(call, 'continuation-token')) ?? query(call, 'start-after'))
      : query(call, 'marker');
    const page = pageOf(call, start ?? '', currentOf);
    const contents = page.items.map((version) => contentsElement(call, version));
    const prefixes = page.commonPrefixes.map((prefix) =>
      xmlGroup('CommonPrefixes', xml('Prefix', encoded(call, prefix))),
    );
    const next = page.isTruncated ? page.last : undefined;
    const token = next === undefined ? undefined : Buffer.from(next).toString('base64url');
    const places = isV2
      ? [
          xml('KeyCount', page.items.length + page.commonPrefixes.length),
          xml('ContinuationToken', query(call, 'continuation-token')),
          xml('StartAfter', query(call, 'start-after')),
          xml('NextContinuationToken', token),
        ]
      : [
          xml('Marker', query(call, 'marker') ?? ''),
          xml('NextMarker', query(call, 'delimiter') === undefined ? undefined : next),
        ];
    return xmlAnswer(200, xmlDocument('ListBucketResult', ...headOf(call, page), ...places, ...contents, ...prefixes));
  },
});

export const listObjectVersions: S3Operation = (call) => ({
  calls: [bucketCall('ListBucketVersions', call.bucket, listConditions(call))],
  run() {
    call.store.bucket(call.bucket);
    const [keyMarker, idMarker] = [query(call, 'key-marker') ?? '', query(call, 'version-id-marker')];
    // A page ends between keys or within one; within one, it goes on after the version named by the second marker.
    const resumed = idMarker === undefined ? [] : versionsAfter(call, keyMarker, idMarker);
    const page = pageOf(call, keyMarker, (key) => call.store.versionsOf(call.bucket, key), resumed);
    const last = page.items.at(-1);
    const next = page.isTruncated
      ? [
          xml('NextKeyMarker', encoded(call, page.last ?? '')),
          xml('NextVersionIdMarker', last?.key === page.last ? last?.versionId : undefined),
        ]
      : [];
    const written = page.items.map((version) => versionElement(call, version));
    const prefixes = page.commonPrefixes.map((prefix) =>
      xmlGroup('CommonPrefixes', xml('Prefix', encoded(call, prefix))),
    );
    const markers = [xml('KeyMarker', keyMarker), xml('VersionIdMarker', idMarker ?? '')];
    return xmlAnswer(
      200,
      xmlDocument('ListVersionsResult', ...headOf(call, page), ...markers, ...next, ...written, ...prefixes),
    );
  },
});

function currentOf(key: string, call: S3Call): readonly StoredVersion[] {
  const current = call.store.versionsOf(call.bucket, key)[0];
  return current?.content === undefined ? [] : [current];
}

function pageOf(
  call: S3Call,
  after: string,
  versionsOf: (key: string, call: S3Call) => readonly StoredVersion[],
  resumed: readonly StoredVersion[] = [],
): Page<StoredVersion> {
  const [prefix, delimiter, limit] = [
    query(call, 'prefix') ?? '',
    query(call, 'delimiter') ?? '',
    limitOf(call, 'max-keys'),
  ];
  const items: StoredVersion[] = resumed.slice(0, limit);
  const commonPrefixes: string[] = [];
  let last: string | undefined = items.at(-1)?.key;
  if (resumed.length > limit) return { items, commonPrefixes, isTruncated: true, last };
  for (const key of call.store.keys(call.bucket)) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const group = end === -1 ? undefined : key.slice(0, end + delimiter.length);
    if (compareKeys(key, after) <= 0 || group === after || (group === commonPrefixes.at(-1) && group !== undefined))
      continue;
    for (const version of versionsOf(key, call)) {
      if (items.length + commonPrefixes.length >= limit) return { items, commonPrefixes, isTruncated: limit > 0, last };
      last = group ?? key;
      if (group === undefined) items.push(version);
      else {
        commonPrefixes.push(group);
        break;
      }
    }
  }
  return { items, commonPrefixes, isTruncated: false, last };
}

function versionsAfter(call: S3Call, key: string, versionId: string): readonly StoredVersion[] {
  const versions = call.store.versionsOf(call.bucket, key);
  return versions.slice(versions.findIndex((version) => version.versionId === versionId) + 1);
}

function headOf(call: S3Call, page: Page<StoredVersion>): readonly string[] {
  return [
    xml('Name', call.bucket),
    xml('Prefix', encoded(call, query(call, 'prefix') ?? '')),
    xml('Delimiter', query(call, 'delimiter')),
    xml('MaxKeys', limitOf(call, 'max-keys')),
    xml('EncodingType', query(call, 'encoding-type')),
    xml('IsTruncated', page.isTruncated),
  ];
}

function contentsElement(call: S3Call, version: StoredVersion): string {
  return xmlGroup('Contents', xml('Key', encoded(call, version.key)), ...contentElements(version));
}

function versionElement(call: S3Call, version: StoredVersion): string {
  const isLatest = call.store.versionsOf(version.bucket, version.key)[0]?.versionId === version.versionId;
  const head = [xml('Key', encoded(call, version.key)), xml('VersionId', version.versionId), xml('IsLatest', isLatest)];
  return xmlGroup(version.content === undefined ? 'DeleteMarker' : 'Version', ...head, ...contentElements(version));
}

function contentElements({ content, lastModifiedEpochMs }: StoredVersion): readonly string[] {
  const when = xml('LastModified', new Date(lastModifiedEpochMs).toISOString());
  if (content === undefined) return [when];
  return [
    when,
    xml('ETag', `"${content.eTag}"`),
    xml('ChecksumAlgorithm', content.checksum.algorithm),
    xml('ChecksumType', content.checksum.type),
    xml('Size', content.sizeBytes),
    xml('StorageClass', content.headers['x-amz-storage-class'] ?? 'STANDARD'),
  ];
}

function listConditions(call: S3Call): Readonly<Record<string, string>> {
  const given = [
    ['s3:prefix', query(call, 'prefix')],
    ['s3:delimiter', query(call, 'delimiter')],
  ] as const;
  return Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function encoded(call: S3Call, key: string): string {
  return query(call, 'encoding-type') === 'url'
    ? encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+')
    : key;
}

function readToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const read = Buffer.from(token, 'base64url').toString('utf8');
  if (Buffer.from(read).toString('base64url') !== token)
    throw new AwsError(400, 'InvalidArgument', 'The continuation token provided is incorrect');
  return read;
}
