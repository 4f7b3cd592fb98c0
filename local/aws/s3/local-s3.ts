import type { BucketSettings, LocalS3, ObjectSummary } from '../local-aws.ts';
import type { S3Store } from './store.ts';

/** The bucket store as the template runner and the sample day use it, without HTTP. */
export function localS3(store: S3Store, now: () => number): LocalS3 {
  return {
    createBucket: (settings) => createBucket(store, settings, now),
    objects: (bucket, prefix = '') =>
      store
        .keys(store.bucket(bucket).name)
        .flatMap((key) => (key.startsWith(prefix) ? summaries(store, bucket, key) : [])),
  };
}

function createBucket(store: S3Store, settings: BucketSettings, now: () => number): { readonly arn: string } {
  const existing = store.hasBucket(settings.name) ? store.bucket(settings.name) : undefined;
  const rules = settings.corsRules?.map((rule) => ({ allowedHeaders: [], exposeHeaders: [], ...rule }));
  store.saveBucket({
    name: settings.name,
    createdAtEpochMs: existing?.createdAtEpochMs ?? now(),
    versioning: settings.versioning ?? (settings.objectLock === true ? 'enabled' : (existing?.versioning ?? 'never')),
    corsRules: rules ?? existing?.corsRules ?? [],
    objectLock: settings.objectLock === true || existing?.objectLock === true,
  });
  return { arn: `arn:aws:s3:::${settings.name}` };
}

function summaries(store: S3Store, bucket: string, key: string): readonly ObjectSummary[] {
  const current = store.versionsOf(bucket, key)[0];
  if (current?.content === undefined) return [];
  return [
    {
      key,
      sizeBytes: current.content.sizeBytes,
      eTag: `"${current.content.eTag}"`,
      ...(current.versionId === 'null' ? {} : { versionId: current.versionId }),
      lastModifiedEpochMs: current.lastModifiedEpochMs,
    },
  ];
}
