import { compareText } from '../compare-text.ts';
import { isTombstoned } from '../erasure/erasure-life.ts';
import type { Hold, HoldRelease, KeptAs, KeptFacets, RetentionDecision } from '../kept-facets.ts';

/** What can happen to how a recording or transcript is kept. */
export type KeepingEvent =
  | { readonly kind: 'hold-placed'; readonly hold: Hold }
  | { readonly kind: 'hold-released'; readonly matter: string; readonly release?: Omit<HoldRelease, 'matter'> }
  | { readonly kind: 'retention-decided'; readonly retention: RetentionDecision }
  /** S3 was told how to keep the objects. */
  | { readonly kind: 'kept-as'; readonly kept: KeptAs };

/** A record, as far as it matters for what S3 is told of its objects. */
export type Keepable = KeptFacets & { readonly archive: { readonly state: string } };

/** What S3 is to be told of every version. */
export interface WantedKeeping {
  readonly className?: string;
  readonly isHeld: boolean;
}

/** The record after one more event of its keeping; the same event again changes nothing. */
export function applyKeeping<R extends KeptFacets>(record: R, event: KeepingEvent): R {
  switch (event.kind) {
    case 'hold-placed':
      return { ...record, holds: holdsAfter(record.holds, event.hold) };
    case 'hold-released':
      return withRelease(record, event);
    case 'retention-decided':
      return { ...record, retention: event.retention };
    case 'kept-as':
      return { ...record, kept: event.kept };
  }
}

/** Its time is over and nothing holds it: S3 may have let it go, and it is neither played nor missed any more. */
export function hasRetentionEnded({ retention, holds }: KeptFacets, now: Date): boolean {
  return holds.length === 0 && retention?.until !== undefined && retention.until <= now;
}

/** Undefined where S3 has nothing of it. What is about to be erased is let go of, whatever it was held for before. */
export function wantedKeeping(record: Keepable): WantedKeeping | undefined {
  if (!isInArchive(record) || record.erasure.state === 'erased') return undefined;
  const { retention, holds, kept } = record;
  if (isTombstoned(record)) {
    return { ...(kept?.className !== undefined && { className: kept.className }), isHeld: false };
  }
  return { ...(retention !== undefined && { className: retention.className }), isHeld: holds.length > 0 };
}

/** The lock has not been put on as it was decided: not at all, or not for as long. */
export function isLockOwed({ retention }: KeptFacets): boolean {
  if (retention?.lock === undefined) return false;
  const { lock, decidedAt } = retention;
  return lock.lockedAt === undefined || lock.lockedAt < decidedAt;
}

/** S3 does not know yet that it is held, or that it is not any more. */
export function isHoldOwed(record: Keepable): boolean {
  const wanted = wantedKeeping(record);
  return wanted !== undefined && wanted.isHeld !== (record.kept?.isHeld === true);
}

/** From when S3 is owed something of the record: to be told of a hold, a release or a class, or to lock. Undefined: nothing. */
export function keepingDueAt(record: Keepable): Date | undefined {
  const wanted = wantedKeeping(record);
  if (wanted === undefined || isTombstoned(record)) return undefined;
  const { kept, retention } = record;
  const moments = [
    ...(isHoldOwed(record) ? [holdMovedAt(record)] : []),
    ...(retention !== undefined && kept?.className !== retention.className ? [retention.decidedAt] : []),
    ...(retention?.lock !== undefined && isLockOwed(record) ? [retention.lock.dueAt] : []),
  ];
  return moments.length === 0 ? undefined : new Date(Math.min(...moments.map((at) => at.getTime())));
}

const inArchive: readonly string[] = ['stored', 'verified', 'sealed', 'mismatched'];

function isInArchive({ archive }: Keepable): boolean {
  return inArchive.includes(archive.state);
}

/** When the last hold was placed or let go. */
function holdMovedAt({ holds, releases, kept }: KeptFacets): Date {
  const moments = [
    ...holds.map(({ placedAt }) => placedAt),
    ...(releases ?? []).map(({ releasedAt }) => releasedAt),
    ...(kept === undefined ? [] : [kept.at]),
  ];
  return new Date(Math.max(...moments.map((at) => at.getTime())));
}

/** A matter is placed once; who came first is who placed it. */
function holdsAfter(holds: readonly Hold[], hold: Hold): readonly Hold[] {
  if (holds.some(({ matter }) => matter === hold.matter)) return holds;
  return [...holds, hold].sort((a, b) => compareText(a.matter, b.matter));
}

/** A matter that holds nothing any more is not released again. */
function withRelease<R extends KeptFacets>(
  record: R,
  { matter, release }: Extract<KeepingEvent, { readonly kind: 'hold-released' }>,
): R {
  if (!record.holds.some((hold) => hold.matter === matter)) return record;
  const released = { ...record, holds: record.holds.filter((hold) => hold.matter !== matter) };
  if (release === undefined) return released;
  const others = (record.releases ?? []).filter((one) => one.matter !== matter);
  const releases = [...others, { matter, ...release }].sort((a, b) => compareText(a.matter, b.matter));
  return { ...released, releases };
}
