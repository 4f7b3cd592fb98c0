import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { ObjectVersion as S3ObjectVersion, S3Client } from '@aws-sdk/client-s3';
import type { ObjectVersion } from '../../ports/archive-keeping.ts';
import { s3Failure } from './s3-errors.ts';

/** A place in the list of versions, after which the next page goes on. */
interface Place {
  readonly KeyMarker?: string;
  readonly VersionIdMarker?: string;
}

/**
 * Every version and delete marker whose key begins with `prefix`, all pages of them. Needs s3:ListBucketVersions.
 *
 * A page can end between two versions of one key, so both markers go on with it.
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html, read 2026-11)
 *
 * @throws {RetryableError}
 */
export async function objectVersions(
  client: S3Client,
  bucketName: string,
  prefix: string,
): Promise<readonly ObjectVersion[]> {
  const found: ObjectVersion[] = [];
  let place: Place | undefined = {};
  while (place !== undefined) {
    const page = await pageAt(client, bucketName, prefix, place);
    found.push(...page.versions);
    place = page.next;
  }
  return found;
}

async function pageAt(
  client: S3Client,
  bucketName: string,
  prefix: string,
  place: Place,
): Promise<{ readonly versions: readonly ObjectVersion[]; readonly next: Place | undefined }> {
  const command = new ListObjectVersionsCommand({ Bucket: bucketName, Prefix: prefix, ...place });
  const page = await client.send(command).catch((cause: unknown) => {
    throw s3Failure('ListBucketVersions', prefix, cause);
  });
  const versions = [
    ...(page.Versions ?? []).map((one) => objectVersion('version', one)),
    ...(page.DeleteMarkers ?? []).map((one) => objectVersion('delete-marker', one)),
  ];
  if (page.IsTruncated !== true) return { versions, next: undefined };
  if (page.NextKeyMarker === undefined) throw s3Failure('ListBucketVersions', prefix, new Error('no NextKeyMarker'));
  return {
    versions,
    next: {
      KeyMarker: page.NextKeyMarker,
      ...(page.NextVersionIdMarker !== undefined && { VersionIdMarker: page.NextVersionIdMarker }),
    },
  };
}

function objectVersion(
  kind: ObjectVersion['kind'],
  listed: Pick<S3ObjectVersion, 'Key' | 'VersionId' | 'IsLatest' | 'Size'>,
): ObjectVersion {
  const { Key: key, VersionId: versionId } = listed;
  if (key === undefined || versionId === undefined) {
    throw s3Failure('ListBucketVersions', key ?? '', new Error('a listed version has no key or no id'));
  }
  return { key, versionId, kind, isLatest: listed.IsLatest === true, sizeBytes: listed.Size ?? 0 };
}
