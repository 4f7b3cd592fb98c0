import type { LockMode, RetentionDecision, RetentionLock } from '../kept-facets.ts';
import { secondsAfter } from '../seconds-after.ts';
import { classesFor } from './retention-class.ts';
import type { RetentionClass, RetentionConfig } from './retention-config.ts';
import type { RetentionFacts } from './retention-facts.ts';

const daySeconds = 86_400;

/** What a decision goes by besides the configuration. */
export interface RetentionGrounds {
  readonly tasks: readonly RetentionFacts[];
  /** When the copy was made: days count from there, as S3 counts them. */
  readonly storedAt: Date;
  readonly now: Date;
  /** As it was decided last. */
  readonly before?: RetentionDecision | undefined;
}

/**
 * How long a recording or transcript stays. With several tasks, it is kept as long as the one that wants it longest, and
 * locked as the one that wants the hardest lock; the same grounds give the same decision, and then the one before itself.
 *
 * While no lock is on it, what is known now decides. Once one is, everything only becomes longer.
 */
export function decideRetention(config: RetentionConfig, grounds: RetentionGrounds): RetentionDecision {
  const { before } = grounds;
  const wanted = wantedRetention(config, grounds);
  if (before === undefined) return wanted;
  const decided = before.lock?.lockedAt === undefined ? wanted : lengthened({ ...before, lock: before.lock }, wanted);
  return isSame(before, decided) ? before : decided;
}

function wantedRetention(
  config: RetentionConfig,
  { tasks, storedAt, now, before }: RetentionGrounds,
): RetentionDecision {
  const classes = classesFor(config, tasks);
  const longest = bestOf(classes, (one) => [one.days ?? Infinity, hardness(one.lock?.mode)]);
  if (longest === undefined) throw new Error('a retention configuration has no class without "when"');
  const locking = bestOf(
    classes.filter(({ lock }) => lock !== undefined),
    (one) => [hardness(one.lock?.mode), one.days ?? 0],
  );
  const lock = locking === undefined ? undefined : lockOf(locking, { storedAt, now, before: before?.lock });
  return {
    className: longest.name,
    decidedAt: now,
    ...(longest.days !== undefined && { until: daysAfter(storedAt, longest.days) }),
    ...(lock !== undefined && { lock }),
  };
}

/** The delay begins when a lock is first decided; another task or rule that wants the same lock does not begin it anew. */
function lockOf(
  { days, lock }: RetentionClass,
  {
    storedAt,
    now,
    before,
  }: { readonly storedAt: Date; readonly now: Date; readonly before: RetentionLock | undefined },
): RetentionLock | undefined {
  if (days === undefined || lock === undefined) return undefined;
  const { mode, delayHours } = lock;
  const delayed = secondsAfter(now, delayHours * 3600);
  const dueAt = before?.mode === mode && before.dueAt < delayed ? before.dueAt : delayed;
  const until = daysAfter(storedAt, days);
  // A lock that would be over already is none: S3 takes only such as end in the future.
  return until > now ? { mode, dueAt, until } : undefined;
}

/** With a lock on it: the longer of both, in the mode that is there, because S3 changes neither back. */
function lengthened(
  before: RetentionDecision & { readonly lock: RetentionLock },
  wanted: RetentionDecision,
): RetentionDecision {
  const keepsLonger = before.until !== undefined && (wanted.until === undefined || wanted.until > before.until);
  const kept = keepsLonger ? wanted : before;
  const lockUntil = wanted.lock === undefined ? before.lock.until : later(before.lock.until, wanted.lock.until);
  return {
    className: kept.className,
    decidedAt: wanted.decidedAt,
    ...(kept.until !== undefined && { until: kept.until }),
    lock: { ...before.lock, until: lockUntil },
  };
}

/** The class that comes first by the numbers, and of equals the first in the file. */
function bestOf(
  classes: readonly RetentionClass[],
  by: (one: RetentionClass) => readonly [number, number],
): RetentionClass | undefined {
  return [...classes].sort((one, other) => compare(by(other), by(one)))[0];
}

function compare(one: readonly [number, number], other: readonly [number, number]): number {
  if (one[0] !== other[0]) return one[0] > other[0] ? 1 : -1;
  return one[1] - other[1];
}

function hardness(mode: LockMode | undefined): number {
  if (mode === undefined) return 0;
  return mode === 'governance' ? 1 : 2;
}

/** In whole seconds, as S3 takes it. */
function daysAfter(at: Date, days: number): Date {
  return new Date(Math.ceil(secondsAfter(at, days * daySeconds).getTime() / 1000) * 1000);
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

/** Whether they say the same, whenever they were made. */
function isSame(one: RetentionDecision, other: RetentionDecision): boolean {
  const said = ({ className, until, lock }: RetentionDecision) =>
    [className, until?.getTime(), lock?.mode, lock?.dueAt.getTime(), lock?.until.getTime()].join();
  return said(one) === said(other);
}
