import { linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import { openKeptMap } from '../kept-map.ts';
import { checksumAlgorithms } from './checksums.ts';
import { compareKeys } from './compare-keys.ts';
import { noSuchBucket, preconditionFailed } from './s3-errors.ts';

// Longer than most because all that must happen in one synchronous step, conditions and write together, is here.

const corsRule = z.object({
  allowedOrigins: z.readonly(z.array(z.string())),
  allowedMethods: z.readonly(z.array(z.string())),
  allowedHeaders: z.readonly(z.array(z.string())),
  exposeHeaders: z.readonly(z.array(z.string())),
  maxAgeSeconds: z.optional(z.number()),
});
const bucketShape = z.object({
  name: z.string(),
  createdAtEpochMs: z.number(),
  versioning: z.enum(['never', 'enabled', 'suspended']),
  corsRules: z.readonly(z.array(corsRule)),
});
const contentShape = z.object({
  eTag: z.string(),
  sizeBytes: z.number(),
  segments: z.readonly(z.array(z.object({ file: z.string(), sizeBytes: z.number() }))),
  headers: z.record(z.string(), z.string()),
  tags: z.readonly(z.array(z.object({ key: z.string(), value: z.string() }))),
  checksum: z.object({
    algorithm: z.enum(checksumAlgorithms),
    value: z.string(),
    type: z.enum(['FULL_OBJECT', 'COMPOSITE']),
  }),
});
const versionShape = z.object({
  bucket: z.string(),
  key: z.string(),
  versionId: z.string(),
  sequence: z.number(),
  lastModifiedEpochMs: z.number(),
  content: z.optional(contentShape),
});

export type StoredCorsRule = z.infer<typeof corsRule>;
export type Bucket = Readonly<z.infer<typeof bucketShape>>;
/** What lies under one version of a key; `headers` are those that GetObject gives back, metadata among them. */
export type Content = Readonly<z.infer<typeof contentShape>>;
/** One version of one key; without `content` it is a delete marker. `versionId` is `null` where versioning was off. */
export type StoredVersion = Readonly<z.infer<typeof versionShape>>;
export type StoredObject = StoredVersion & { readonly content: Content };

/** What must hold at the moment of the write, or nothing is written. */
export interface WriteConditions {
  readonly ifNoneMatch?: string | undefined;
  readonly ifMatch?: string | undefined;
}

export interface S3Store {
  /** Where bodies lie; a segment's `file` is a name in it. */
  readonly bodies: string;
  buckets(): readonly Bucket[];
  /** @throws {AwsError} NoSuchBucket */
  bucket(name: string): Bucket;
  hasBucket(name: string): boolean;
  saveBucket(bucket: Bucket): void;
  removeBucket(name: string): void;
  /** Newest first; the first is the current one. */
  versionsOf(bucket: string, key: string): readonly StoredVersion[];
  /** Every key that has a version, in S3's order: by UTF-8 bytes. */
  keys(bucket: string): readonly string[];
  /** Checks the conditions and writes in one step; the content's files then belong to the store. */
  put(bucket: string, key: string, content: Content, conditions?: WriteConditions): StoredObject;
  replaceTags(version: StoredObject, tags: Content['tags']): void;
  /** Deletes without a version id: a marker where versioning is on, else the object itself. */
  deleteCurrent(bucket: string, key: string): { readonly markerVersionId?: string };
  /** Deletes one version for good, files too; undefined when there is none of this id. */
  deleteVersion(bucket: string, key: string, versionId: string): StoredVersion | undefined;
  /** Gives the same bytes a second name, without copying them. */
  linkSegments(content: Content): Content['segments'];
}

/** Opens the store. Files in `directory/bodies` that no version names (cut-off uploads of an earlier run) are removed. */
export function openS3Store(options: {
  readonly directory: string;
  readonly keep: boolean;
  readonly now: () => number;
}): S3Store {
  const bodies = join(options.directory, 'bodies');
  mkdirSync(bodies, { recursive: true });
  const path = (name: string): string | undefined => (options.keep ? join(options.directory, name) : undefined);
  const buckets = openKeptMap(path('buckets.jsonl'), (content) => bucketShape.parse(content));
  const kept = openKeptMap(path('objects.jsonl'), (content) => versionShape.parse(content));
  const index = new Map<string, Map<string, StoredVersion[]>>();
  const sortedKeys = new Map<string, readonly string[]>();
  let sequence = 0;

  const keysOf = (bucket: string): Map<string, StoredVersion[]> => {
    const known = index.get(bucket) ?? new Map<string, StoredVersion[]>();
    index.set(bucket, known);
    return known;
  };
  const insert = (version: StoredVersion): void => {
    const keys = keysOf(version.bucket);
    const others = (keys.get(version.key) ?? []).filter((other) => other.versionId !== version.versionId);
    keys.set(
      version.key,
      [version, ...others].sort((one, other) => other.sequence - one.sequence),
    );
    if (others.length === 0) sortedKeys.delete(version.bucket);
    sequence = Math.max(sequence, version.sequence);
  };
  for (const version of kept.values()) insert(version);
  removeStrayFiles(bodies, kept.values());

  const write = (bucket: Bucket, key: string, content: Content | undefined): StoredVersion => {
    const versionId = bucket.versioning === 'enabled' ? randomBytes(24).toString('base64url') : 'null';
    const replaced = keysOf(bucket.name)
      .get(key)
      ?.find((other) => other.versionId === versionId);
    const made = {
      bucket: bucket.name,
      key,
      versionId,
      sequence: sequence + 1,
      lastModifiedEpochMs: options.now(),
      content,
    };
    kept.set(idOf(made), made);
    insert(made);
    if (replaced?.content !== undefined) removeFiles(replaced.content);
    return made;
  };
  const removeFiles = (content: Content): void => {
    for (const segment of content.segments) rmSync(join(bodies, segment.file), { force: true });
  };
  const versionsOf = (bucket: string, key: string): readonly StoredVersion[] => index.get(bucket)?.get(key) ?? [];

  const store: S3Store = {
    bodies,
    buckets: () => [...buckets.values()],
    bucket(name) {
      const found = buckets.get(name);
      if (found === undefined) throw noSuchBucket(name);
      return found;
    },
    hasBucket: (name) => buckets.get(name) !== undefined,
    saveBucket: (bucket) => buckets.set(bucket.name, bucket),
    removeBucket: (name) => buckets.delete(name),
    versionsOf,
    keys(bucket) {
      const sorted = sortedKeys.get(bucket) ?? [...keysOf(bucket).keys()].sort(compareKeys);
      sortedKeys.set(bucket, sorted);
      return sorted;
    },
    put(bucketName, key, content, conditions = {}) {
      const bucket = store.bucket(bucketName);
      checkConditions(versionsOf(bucketName, key)[0]?.content, conditions);
      return { ...write(bucket, key, content), content };
    },
    replaceTags(version, tags) {
      const retagged = { ...version, content: { ...version.content, tags } };
      kept.set(idOf(retagged), retagged);
      insert(retagged);
    },
    deleteCurrent(bucketName, key) {
      const bucket = store.bucket(bucketName);
      if (bucket.versioning !== 'never') return { markerVersionId: write(bucket, key, undefined).versionId };
      store.deleteVersion(bucketName, key, 'null');
      return {};
    },
    deleteVersion(bucket, key, versionId) {
      const versions = versionsOf(bucket, key);
      const found = versions.find((version) => version.versionId === versionId);
      if (found === undefined) return undefined;
      const left = versions.filter((version) => version !== found);
      kept.delete(idOf(found));
      if (left.length > 0) keysOf(bucket).set(key, left);
      else {
        keysOf(bucket).delete(key);
        sortedKeys.delete(bucket);
      }
      if (found.content !== undefined) removeFiles(found.content);
      return found;
    },
    linkSegments: (content) =>
      content.segments.map((segment) => {
        const file = randomUUID();
        linkSync(join(bodies, segment.file), join(bodies, file));
        return { file, sizeBytes: segment.sizeBytes };
      }),
  };
  return store;
}

function checkConditions(current: Content | undefined, conditions: WriteConditions): void {
  if (conditions.ifNoneMatch !== undefined && conditions.ifNoneMatch !== '*') {
    throw new AwsError(501, 'NotImplemented', 'If-None-Match of a write may only be "*".');
  }
  if (conditions.ifNoneMatch === '*' && current !== undefined) throw preconditionFailed('If-None-Match');
  if (conditions.ifMatch === undefined) return;
  if (current === undefined) throw new AwsError(404, 'NoSuchKey', 'The specified key does not exist.');
  if (conditions.ifMatch.replaceAll('"', '') !== current.eTag) throw preconditionFailed('If-Match');
}

function idOf(version: StoredVersion): string {
  return JSON.stringify([version.bucket, version.key, version.versionId]);
}

function removeStrayFiles(bodies: string, versions: Iterable<StoredVersion>): void {
  const named = new Set(
    [...versions].flatMap((version) => version.content?.segments.map((segment) => segment.file) ?? []),
  );
  for (const file of readdirSync(bodies)) if (!named.has(file)) rmSync(join(bodies, file), { force: true });
}
