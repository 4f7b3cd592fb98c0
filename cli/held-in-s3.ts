import type { Connection } from './connection.ts';
import { prefixOf } from './holdable.ts';
import type { Holdable, HoldableRecord } from './holdable.ts';

/** How many versions of it lie in S3, and how many of them are under a legal hold. */
export interface HeldInS3 {
  readonly versions: number;
  readonly held: number;
}

const [looks, pauseSeconds] = [10, 2];

/**
 * What S3 says of the thing, when its function has told S3 of the last hold or release, or after 20 s if it has not yet.
 * Undefined where nothing of it is archived.
 */
export async function heldInS3(
  connection: Connection,
  thing: Holdable,
  pause: (seconds: number) => Promise<void>,
): Promise<HeldInS3 | undefined> {
  let record = await thing.read();
  for (let look = 1; look < looks && record !== undefined && isOwed(record); look += 1) {
    await pause(pauseSeconds);
    record = await thing.read();
  }
  const prefix = record === undefined ? undefined : prefixOf(record);
  if (prefix === undefined) return undefined;
  const versions = (await connection.archive.versions(prefix)).filter(({ kind }) => kind === 'version');
  const holds = await Promise.all(versions.map(({ key, versionId }) => connection.archive.isHeld(key, versionId)));
  return { versions: versions.length, held: holds.filter(Boolean).length };
}

function isOwed(record: HoldableRecord): boolean {
  return prefixOf(record) !== undefined && record.holds.length > 0 !== (record.kept?.isHeld === true);
}
