import { createHash } from 'node:crypto';
import { compareText } from '../domain/compare-text.ts';
import { PermanentError, RetryableError } from '../domain/outcome.ts';
import { isTombstoned } from '../domain/erasure/erasure-life.ts';
import type { RetentionDecision, RetentionLock } from '../domain/kept-facets.ts';
import { isLockOwed, wantedKeeping } from '../domain/retention/keeping-life.ts';
import type { Keepable, KeepingEvent, WantedKeeping } from '../domain/retention/keeping-life.ts';
import type { ArchiveKeeping, ObjectVersion } from '../ports/archive-keeping.ts';
import type { TimelineEntry } from '../ports/ledger.ts';
import type { Meter } from '../ports/meter.ts';

export interface KeepNeeds {
  readonly keeping: ArchiveKeeping;
  readonly meter: Meter;
  readonly now: () => Date;
}

/** One recording or transcript whose objects are to be kept as the ledger says. */
export interface KeptThing<R extends Keepable> {
  /** Under which every version of all its objects lies. */
  readonly prefix: string;
  /** What a lock goes on: the versions that were proved, by the record as it is when they are locked; none while none is. */
  proved(record: R): readonly { readonly key: string; readonly versionId?: string }[];
  /** The record as it is stored now. */
  read(): Promise<R>;
  /**
   * Applies the event to the record as it is stored and saves it with the line, provided that `isStillSo` of it; resolves
   * to the record as it is then stored.
   */
  change(
    event: KeepingEvent,
    line: Pick<TimelineEntry, 'what' | 'after'>,
    isStillSo: (record: R) => boolean,
  ): Promise<R>;
}

/** How often somebody may place or release a hold while we are at it, before the message is left for later. */
const maxRounds = 5;

/**
 * Makes S3 equal to the ledger for one recording or transcript: a legal hold on every version while anything holds it, the
 * tags by which S3 lets it go, and the lock on what was proved when its time has come. What S3 was told already is not told
 * again.
 *
 * S3 first, then the ledger; and what was wanted is compared with the ledger again after S3 was told, so that of two who
 * are at it at once the last to write to S3 knows the last that was decided. Whoever is killed before comparing may have
 * overwritten what another told: `isAnew`, of a message that comes again, tells S3 whatever the ledger says of that.
 *
 * @throws {RetryableError} when S3 or the ledger cannot be asked, or holds are moved faster than S3 can be told.
 */
export async function keepAsDecided<R extends Keepable>(
  has: KeepNeeds,
  thing: KeptThing<R>,
  { isAnew }: { readonly isAnew: boolean } = { isAnew: false },
): Promise<void> {
  for (let round = 0; round < maxRounds; round += 1) {
    const record = await thing.read();
    const wanted = wantedKeeping(record);
    if (wanted === undefined) return;
    // What was told while the ledger moved on may have overwritten what another told, whatever the ledger says of that.
    const after = await tellAllVersions(has, thing, record, { wanted, isAnew: isAnew || round > 0 });
    if (isSame(wantedKeeping(after), wanted)) return lockWhenDue(has, thing, after);
  }
  throw new RetryableError(`holds on ${thing.prefix} were moved ${maxRounds} times while S3 was told of them`, {
    reason: 'ledger-contended',
  });
}

/** Of every version, delete markers aside, which nothing can be told of. */
async function tellAllVersions<R extends Keepable>(
  { keeping, now }: KeepNeeds,
  thing: KeptThing<R>,
  record: R,
  { wanted, isAnew }: { readonly wanted: WantedKeeping; readonly isAnew: boolean },
): Promise<R> {
  const { kept, releases = [] } = record;
  const wasHeld = kept?.isHeld === true || (isAnew && releases.length > 0);
  const isNothing = kept === undefined && wanted.className === undefined && !wanted.isHeld && !wasHeld;
  if (isNothing) return record;
  const listed = (await keeping.versions(thing.prefix)).filter(({ kind }) => kind === 'version');
  const versions = fingerprint(listed);
  if (!isAnew && kept?.versions === versions && isSame(kept, wanted)) return record;
  for (const version of listed) await tell(keeping, version, wanted, { wasHeld });
  const { className, isHeld } = wanted;
  const told = { ...(className !== undefined && { className }), isHeld, versions, at: now() };
  const after = `${className ?? 'no class'}, ${isHeld ? 'held' : 'not held'}, ${listed.length} versions`;
  return thing.change({ kind: 'kept-as', kept: told }, { what: 'kept in S3', after }, (then) =>
    isSame(wantedKeeping(then), wanted),
  );
}

/**
 * The legal hold before the tags: it is what keeps a version from being deleted at all. It is taken off only where it was
 * put on, or may have been, so that nobody takes off what was put on by hand.
 */
async function tell(
  keeping: ArchiveKeeping,
  { key, versionId }: ObjectVersion,
  { className, isHeld }: WantedKeeping,
  { wasHeld }: { readonly wasHeld: boolean },
): Promise<void> {
  if (isHeld || wasHeld) await keeping.setLegalHold(key, versionId, isHeld);
  const tags = { ...(className !== undefined && { retention: className }), held: isHeld ? 'yes' : 'no' };
  await keeping.setTags(key, versionId, tags);
}

async function lockWhenDue<R extends Keepable>(has: KeepNeeds, thing: KeptThing<R>, record: R): Promise<void> {
  const { retention } = record;
  const lock = retention?.lock;
  const at = has.now();
  if (isTombstoned(record) || lock === undefined || !isLockOwed(record) || lock.dueAt > at) return;
  const proved = thing.proved(record);
  // A copy that is not proved, or not any more, is not locked; it stays owed until it is.
  if (proved.length === 0 && lock.until > at) return;
  const locked = lock.until > at ? await lockProved(has.keeping, thing.prefix, proved, lock) : undefined;
  const decided = retentionWith(retention, locked === undefined ? undefined : { ...locked, lockedAt: at });
  if (locked !== undefined) has.meter.measure({ name: 'locks', outcome: 'locked', unit: 'Count', value: 1 });
  const line =
    locked === undefined
      ? { what: 'lock missed', after: `it would have ended ${lock.until.toISOString()}` }
      : { what: `locked in S3`, after: `${locked.mode} until ${locked.until.toISOString()}` };
  await thing.change({ kind: 'retention-decided', retention: decided }, line, (then) =>
    isSameLock(then.retention, retention),
  );
}

/** The lock as it then is: S3 keeps a longer or harder one that is there already. */
async function lockProved(
  keeping: ArchiveKeeping,
  prefix: string,
  proved: ReturnType<KeptThing<Keepable>['proved']>,
  lock: RetentionLock,
): Promise<RetentionLock> {
  const { mode, until } = lock;
  let there: RetentionLock = lock;
  for (const { key, versionId } of proved) {
    if (versionId === undefined) {
      throw new PermanentError(
        `${prefix}: the copy has no version id, and only a version can be locked; version the bucket`,
        {
          reason: 'lock-impossible',
        },
      );
    }
    if ((await keeping.lock(key, versionId, { mode, until })) === 'locked') continue;
    const found = await keeping.lockOf(key, versionId);
    if (found !== undefined) there = { ...there, ...found };
  }
  return there;
}

/** The lock as it was put on; without one that could not be, it keeps as long. What is locked is kept as long at least. */
function retentionWith(retention: RetentionDecision | undefined, lock: RetentionLock | undefined): RetentionDecision {
  if (retention === undefined) throw new Error('a lock was due of what no retention was decided for');
  const { lock: _before, ...rest } = retention;
  if (lock === undefined) return rest;
  const isLonger = rest.until !== undefined && lock.until > rest.until;
  return { ...rest, ...(isLonger && { until: lock.until }), lock };
}

function isSame(one: WantedKeeping | undefined, other: WantedKeeping): boolean {
  return one !== undefined && one.className === other.className && one.isHeld === other.isHeld;
}

function isSameLock(one: RetentionDecision | undefined, other: RetentionDecision | undefined): boolean {
  return one?.decidedAt.getTime() === other?.decidedAt.getTime() && one?.className === other?.className;
}

function fingerprint(versions: readonly ObjectVersion[]): string {
  const ids = versions.map(({ key, versionId }) => `${key} ${versionId}`).sort(compareText);
  return createHash('sha256').update(ids.join('\n')).digest('hex').slice(0, 16);
}
