import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError } from '../aws-error.ts';
import { openKeptMap, type KeptMap } from '../kept-map.ts';
import { compareKeys } from './compare-keys.ts';
import { noSuchBucket, preconditionFailed } from './s3-errors.ts';
import {
  bucketShape,
  versionShape,
  type Bucket,
  type Content,
  type StoredObject,
  type StoredVersion,
} from './stored-shapes.ts';

/** What must hold at the moment of the write, or nothing is written. */
export interface WriteConditions {
  readonly ifNoneMatch?: string | undefined;
  readonly ifMatch?: string | undefined;
}

/** Buckets and the versions in them. Conditions and write are one synchronous step; bodies lie in files beside. */
export class S3Store {
  /** Where bodies lie; a segment's `file` is a name in it. */
  readonly bodies: string;
  readonly #now: () => number;
  readonly #buckets: KeptMap<Bucket>;
  readonly #kept: KeptMap<StoredVersion>;
  /** By bucket and key, newest version first. */
  readonly #index = new Map<string, Map<string, readonly StoredVersion[]>>();
  readonly #sortedKeys = new Map<string, readonly string[]>();
  #lastSequence = 0;

  /** Files in `directory/bodies` that no version names (cut-off uploads of an earlier run) are removed. */
  constructor(options: { readonly directory: string; readonly keep: boolean; readonly now: () => number }) {
    const path = (name: string): string | undefined => (options.keep ? join(options.directory, name) : undefined);
    this.bodies = join(options.directory, 'bodies');
    this.#now = options.now;
    mkdirSync(this.bodies, { recursive: true });
    this.#buckets = openKeptMap(path('buckets.jsonl'), (content) => bucketShape.parse(content));
    this.#kept = openKeptMap(path('objects.jsonl'), (content) => versionShape.parse(content));
    for (const version of this.#kept.values()) this.#list(version);
    this.#removeStrayFiles();
  }

  buckets(): readonly Bucket[] {
    return [...this.#buckets.values()];
  }

  /** @throws {AwsError} NoSuchBucket */
  bucket(name: string): Bucket {
    const found = this.#buckets.get(name);
    if (found === undefined) throw noSuchBucket(name);
    return found;
  }

  hasBucket(name: string): boolean {
    return this.#buckets.get(name) !== undefined;
  }

  saveBucket(bucket: Bucket): void {
    this.#buckets.set(bucket.name, bucket);
  }

  removeBucket(name: string): void {
    this.#buckets.delete(name);
  }

  /** Newest first; the first is the current one. */
  versionsOf(bucket: string, key: string): readonly StoredVersion[] {
    return this.#index.get(bucket)?.get(key) ?? [];
  }

  /** Every key that has a version, in S3's order: by UTF-8 bytes. */
  keys(bucket: string): readonly string[] {
    const sorted = this.#sortedKeys.get(bucket) ?? [...this.#keysOf(bucket).keys()].sort(compareKeys);
    this.#sortedKeys.set(bucket, sorted);
    return sorted;
  }

  /** Checks the conditions and writes in one step; the content's files then belong to the store. */
  put(bucketName: string, key: string, content: Content, conditions: WriteConditions = {}): StoredObject {
    const bucket = this.bucket(bucketName);
    checkConditions(this.versionsOf(bucketName, key)[0]?.content, conditions);
    return { ...this.#write(bucket, key, content), content };
  }

  replaceTags(version: StoredObject, tags: Content['tags']): void {
    this.#change({ ...version, content: { ...version.content, tags } });
  }

  /** Sets or takes away what keeps a version from being deleted; what is not named stays. */
  protect(version: StoredObject, changes: Pick<StoredVersion, 'retention' | 'legalHold'>): void {
    this.#change({ ...version, ...changes });
  }

  /** Deletes without a version id: a marker where versioning is on, else the object itself. */
  deleteCurrent(bucketName: string, key: string): { readonly markerVersionId?: string } {
    const bucket = this.bucket(bucketName);
    if (bucket.versioning !== 'never') return { markerVersionId: this.#write(bucket, key, undefined).versionId };
    this.deleteVersion(bucketName, key, 'null');
    return {};
  }

  /** Deletes one version for good, files too; undefined when there is none of this id. */
  deleteVersion(bucket: string, key: string, versionId: string): StoredVersion | undefined {
    const versions = this.versionsOf(bucket, key);
    const found = versions.find((version) => version.versionId === versionId);
    if (found === undefined) return undefined;
    const left = versions.filter((version) => version !== found);
    this.#kept.delete(idOf(found));
    if (left.length > 0) this.#keysOf(bucket).set(key, left);
    else {
      this.#keysOf(bucket).delete(key);
      this.#sortedKeys.delete(bucket);
    }
    this.#removeFiles(found);
    return found;
  }

  /** Gives the same bytes a second name, without copying them. */
  linkSegments(content: Content): Content['segments'] {
    return content.segments.map((segment) => {
      const file = randomUUID();
      linkSync(join(this.bodies, segment.file), join(this.bodies, file));
      return { file, sizeBytes: segment.sizeBytes };
    });
  }

  #change(version: StoredVersion): void {
    this.#kept.set(idOf(version), version);
    this.#list(version);
  }

  #write(bucket: Bucket, key: string, content: Content | undefined): StoredVersion {
    const versionId = bucket.versioning === 'enabled' ? randomBytes(24).toString('base64url') : 'null';
    const replaced = this.versionsOf(bucket.name, key).find((other) => other.versionId === versionId);
    const made = {
      bucket: bucket.name,
      key,
      versionId,
      sequence: this.#lastSequence + 1,
      lastModifiedEpochMs: this.#now(),
      content,
    };
    this.#change(made);
    if (replaced !== undefined) this.#removeFiles(replaced);
    return made;
  }

  /** Puts the version into the index, in the place of one of the same id. */
  #list(version: StoredVersion): void {
    const others = this.versionsOf(version.bucket, version.key).filter(
      (other) => other.versionId !== version.versionId,
    );
    const sorted = [version, ...others].sort((one, other) => other.sequence - one.sequence);
    this.#keysOf(version.bucket).set(version.key, sorted);
    if (others.length === 0) this.#sortedKeys.delete(version.bucket);
    this.#lastSequence = Math.max(this.#lastSequence, version.sequence);
  }

  #keysOf(bucket: string): Map<string, readonly StoredVersion[]> {
    const known = this.#index.get(bucket) ?? new Map<string, readonly StoredVersion[]>();
    this.#index.set(bucket, known);
    return known;
  }

  #removeFiles(version: StoredVersion): void {
    for (const segment of version.content?.segments ?? []) rmSync(join(this.bodies, segment.file), { force: true });
  }

  #removeStrayFiles(): void {
    const versions = [...this.#kept.values()];
    const named = new Set(versions.flatMap((version) => version.content?.segments.map(({ file }) => file) ?? []));
    for (const file of readdirSync(this.bodies)) if (!named.has(file)) rmSync(join(this.bodies, file), { force: true });
  }
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
