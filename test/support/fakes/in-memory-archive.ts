import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Crc64Nvme } from '@aws-sdk/checksums/crc';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { Archive, ObjectToStore } from '../../../lambdas/shared/ports/archive.ts';
import { archiveVersions } from './archive-versions.ts';
import type { ArchiveVersions, StoredVersion } from './archive-versions.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

type ArchiveCall = 'create' | 'open' | 'look' | 'putSidecar' | 'putTranscript' | 'putParked';

/** A versioned bucket in memory. */
export interface InMemoryArchive extends Archive, Pick<ScriptedFaults<ArchiveCall>, 'failNext'> {
  /** The current bytes under the key; undefined when there are none. */
  bytesOf(key: string): Buffer | undefined;
  /** The current text under the key; undefined when there is none. */
  textOf(key: string): string | undefined;
  /** All keys that hold something, sorted. */
  keys(): readonly string[];
  /** Puts bytes under the key past all rules, as a stranger or a fault would: a new version. */
  putAnyway(key: string, bytes: Buffer): void;
  /** The bytes of that very version rot, or become others, as S3 promises that they never do. */
  spoil(key: string, versionId: string, bytes: Buffer): void;
  /** That version is gone, as after a lifecycle rule or a careless hand. */
  removeVersion(key: string, versionId: string): void;
  /** What lies in the bucket, for the fakes of its other ports. */
  readonly versions: ArchiveVersions;
  /** How often whole objects were opened, by key, in order. */
  readonly opened: readonly string[];
}

export function inMemoryArchive(versions: ArchiveVersions = archiveVersions()): InMemoryArchive {
  const faults = scriptedFaults<ArchiveCall>();
  const openedKeys: string[] = [];

  const store = (key: string, bytes: Buffer, object: Pick<ObjectToStore, 'contentType' | 'metadata'>): StoredVersion =>
    versions.add(key, { bytes, contentType: object.contentType, metadata: object.metadata });
  const versionOf = (key: string, versionId: string): StoredVersion | undefined =>
    versions.of(key).find((version) => version.versionId === versionId);
  const current = (key: string): StoredVersion | undefined => {
    const last = versions.of(key).at(-1);
    return last?.isMarker === true ? undefined : last;
  };
  const putText = (key: string, json: string): void =>
    void store(key, Buffer.from(json), { contentType: 'application/json', metadata: {} });

  return {
    async create(object, body) {
      faults.strike('create');
      if (current(object.key) !== undefined) {
        body.destroy();
        return { kind: 'exists' };
      }
      const bytes = await readAll(object, body);
      // Looked at again: another writer may have come in while the body was read, and S3 decides at the end.
      if (current(object.key) !== undefined) return { kind: 'exists' };
      return {
        kind: 'stored',
        versionId: store(object.key, bytes, object).versionId,
        crc64Nvme: await crc64Nvme(bytes),
      };
    },
    async open(key, versionId) {
      faults.strike('open');
      const found = versionId === undefined ? current(key) : versionOf(key, versionId);
      if (found === undefined || found.isMarker) return undefined;
      openedKeys.push(key);
      return {
        stream: Readable.from([found.bytes], { objectMode: false }),
        sizeBytes: found.bytes.length,
        versionId: found.versionId,
        crc64Nvme: await crc64Nvme(found.bytes),
        metadata: found.metadata,
      };
    },
    async look(key, versionId) {
      faults.strike('look');
      const found = versionId === undefined ? current(key) : versionOf(key, versionId);
      if (found === undefined || found.isMarker) return undefined;
      return { sizeBytes: found.bytes.length, versionId: found.versionId, crc64Nvme: await crc64Nvme(found.bytes) };
    },
    async putSidecar(key, json) {
      faults.strike('putSidecar');
      putText(key, json);
    },
    async putTranscript(key, text, contentType) {
      faults.strike('putTranscript');
      return { versionId: store(key, Buffer.from(text), { contentType, metadata: {} }).versionId };
    },
    async putParked(key, json) {
      faults.strike('putParked');
      putText(key, json);
    },
    bytesOf: (key) => current(key)?.bytes,
    textOf: (key) => current(key)?.bytes.toString('utf8'),
    keys: () => versions.keys().filter((key) => current(key) !== undefined),
    putAnyway: (key, bytes) => void store(key, bytes, { contentType: 'application/octet-stream', metadata: {} }),
    spoil: (key, versionId, bytes) => versions.change(key, versionId, { bytes }),
    removeVersion: (key, versionId) => versions.remove(key, versionId),
    versions,
    opened: openedKeys,
    failNext: faults.failNext,
  };
}

/** S3 refuses a body that is not as long as it was announced, and one that breaks off. */
async function readAll(object: ObjectToStore, body: Readable): Promise<Buffer> {
  const bytes = await buffer(body).catch((cause: unknown) => {
    throw new RetryableError(`the body of ${object.key} broke off`, { reason: 'archive-unavailable', cause });
  });
  if (bytes.length === object.sizeBytes) return bytes;
  throw new RetryableError(`the body of ${object.key} had ${bytes.length} bytes: wanted ${object.sizeBytes}`, {
    reason: 'archive-unavailable',
  });
}

async function crc64Nvme(bytes: Buffer): Promise<string> {
  const checksum = new Crc64Nvme();
  checksum.update(bytes);
  return Buffer.from(await checksum.digest()).toString('base64');
}
