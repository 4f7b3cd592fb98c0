import type { DeletionPolicy, Policy } from './policy.ts';
import type { RefusalReason } from './refusals.ts';
import type { RecordingSid } from './sids.ts';

/** How one attempt to delete ended: what the breaker looks at. */
export type AttemptEnd = 'deleted' | 'refused' | 'gone-external';

/**
 * What all deletions share: the hour's count, the breaker, and the proof that Calabrio takes recordings whose link we
 * replaced. One record; every change is conditional on the version that was read.
 */
export interface DeletionControl {
  readonly version: number;
  /** The deletions begun in the UTC hour that began at `hourStartedAt`. */
  readonly hour: { readonly startedAt: Date; readonly begun: number };
  /** The last attempts, oldest first; never more than the breaker's sample. */
  readonly attempts: readonly { readonly at: Date; readonly recordingSid: RecordingSid; readonly end: AttemptEnd }[];
  /** Once open it stays so until a person closes it. */
  readonly breaker:
    | { readonly state: 'closed'; readonly closedBy?: string }
    | { readonly state: 'open'; readonly openedAt: Date; readonly why: string };
  /** Recordings whose link we replaced and that Calabrio completed nevertheless; as many as the policy wants, at most. */
  readonly provedIngests: readonly RecordingSid[];
}

export function newDeletionControl(now: Date): DeletionControl {
  return {
    version: 0,
    hour: { startedAt: hourOf(now), begun: 0 },
    attempts: [],
    breaker: { state: 'closed' },
    provedIngests: [],
  };
}

/** The reasons that this gate gives, and nothing else does. */
export const gateReasons: readonly RefusalReason[] = ['ingest-unproven', 'hourly-cap', 'breaker-open'];

/** Rule 6, and the last sentence of rule 5: what holds for every recording alike. Empty when the gate is open. */
export function gateRefusals(control: DeletionControl, policy: Policy, now: Date): readonly RefusalReason[] {
  const { deletion } = policy;
  return [
    ...(needsIngestProof(policy) && control.provedIngests.length < deletion.ingestProof
      ? (['ingest-unproven'] as const)
      : []),
    ...(begunThisHour(control, now) >= deletion.hourlyCap ? (['hourly-cap'] as const) : []),
    ...(control.breaker.state === 'open' ? (['breaker-open'] as const) : []),
  ];
}

/** Calabrio may find recordings by the very link that we replace: until it has shown otherwise, its sources stay. */
function needsIngestProof({ calabrio, onExistingLink }: Policy): boolean {
  return calabrio !== undefined && onExistingLink === 'replace';
}

/** Takes one of the hour's deletions. The caller has asked the gate before, on the same version. */
export function withBegun(control: DeletionControl, now: Date): DeletionControl {
  const { startedAt } = control.hour;
  const hour = hourOf(now);
  return {
    ...control,
    hour: { startedAt: hour > startedAt ? hour : startedAt, begun: begunThisHour(control, now) + 1 },
  };
}

/** Notes how an attempt ended and opens the breaker when too many of the last ones went wrong. */
export function withAttempt(
  control: DeletionControl,
  attempt: DeletionControl['attempts'][number],
  { sampleSize, openAtPercent }: DeletionPolicy['breaker'],
): DeletionControl {
  const attempts = [...control.attempts, attempt].slice(-sampleSize);
  const bad = attempts.filter(({ end }) => end !== 'deleted').length;
  const isTooMuch = attempts.length >= sampleSize && bad * 100 >= openAtPercent * attempts.length;
  if (!isTooMuch || control.breaker.state === 'open') return { ...control, attempts };
  const why = `${bad} of the last ${attempts.length} deletions were refused or found done by somebody else`;
  return { ...control, attempts, breaker: { state: 'open', openedAt: attempt.at, why } };
}

/** A person has looked: the breaker is closed and begins a new sample. */
export function withBreakerClosed(control: DeletionControl, closedBy: string): DeletionControl {
  return { ...control, attempts: [], breaker: { state: 'closed', closedBy } };
}

/** Counts a recording once; the record grows no longer than the proof that is wanted. */
export function withProvedIngest(
  control: DeletionControl,
  sid: RecordingSid,
  { ingestProof }: DeletionPolicy,
): DeletionControl {
  if (control.provedIngests.includes(sid) || control.provedIngests.length >= ingestProof) return control;
  return { ...control, provedIngests: [...control.provedIngests, sid] };
}

/** When a gate that refuses now may be open: the next hour for the cap, an hour from now for what people and proofs do. */
export function gateReviewAt(refusals: readonly RefusalReason[], now: Date): Date {
  const nextHour = new Date(hourOf(now).getTime() + hourMs);
  return refusals.every((reason) => reason === 'hourly-cap') ? nextHour : new Date(now.getTime() + hourMs);
}

/** True when a place in the hour of `one` is a place in the hour of `other`. */
export function isSameHour(one: Date, other: Date): boolean {
  return hourOf(one).getTime() === hourOf(other).getTime();
}

/** A clock that is behind the one that wrote the hour counts with it: going back begins no new hour. */
function begunThisHour({ hour }: DeletionControl, now: Date): number {
  return hour.startedAt >= hourOf(now) ? hour.begun : 0;
}

const hourMs = 3_600_000;

function hourOf(now: Date): Date {
  return new Date(Math.floor(now.getTime() / hourMs) * hourMs);
}
