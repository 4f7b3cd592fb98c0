import { isDeepStrictEqual } from 'node:util';
import {
  gateRefusals,
  isSameHour,
  newDeletionControl,
  withAttempt,
  withBegun,
} from '../shared/domain/deletion-control.ts';
import type { AttemptEnd, DeletionControl } from '../shared/domain/deletion-control.ts';
import { RetryableError } from '../shared/domain/outcome.ts';
import type { RefusalReason } from '../shared/domain/refusals.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import type { DeleteSourceNeeds } from './needs.ts';

type Needs = Pick<DeleteSourceNeeds, 'control' | 'policy' | 'now' | 'meter'>;

/** How often others may be first on the one record that all deletions share. */
const maxCollisions = 20;

/** A place among the hour's deletions, and when it was taken. */
export type Place =
  | { readonly kind: 'taken'; readonly at: Date }
  | { readonly kind: 'refused'; readonly reasons: readonly RefusalReason[] };

/** Why the gate is closed now; a place of this hour that is ours already is not counted against us. */
export async function askGate(has: Needs, placeAt: Date | undefined): Promise<readonly RefusalReason[]> {
  const now = has.now();
  return refusalsOf(has, (await has.control.readDeletionControl()) ?? newDeletionControl(now), placeAt, now);
}

/**
 * Takes one of the hour's deletions, on the very version of the control record that the gate was asked on; the place of
 * this hour that was taken before is kept. A place that leads to no deletion is lost: the cap is never passed, only missed.
 *
 * @throws {RetryableError} `ledger-contended` when others were first twenty times.
 */
export async function takePlace(has: Needs, placeAt: Date | undefined): Promise<Place> {
  for (let collision = 0; collision < maxCollisions; collision += 1) {
    const now = has.now();
    const control = (await has.control.readDeletionControl()) ?? newDeletionControl(now);
    const reasons = refusalsOf(has, control, placeAt, now);
    if (reasons.length > 0) return { kind: 'refused', reasons };
    if (placeAt !== undefined && isSameHour(placeAt, now)) return { kind: 'taken', at: placeAt };
    if ((await has.control.saveDeletionControl(withBegun(control, now))) === 'saved') return { kind: 'taken', at: now };
  }
  throw contended();
}

function refusalsOf(
  has: Needs,
  control: DeletionControl,
  placeAt: Date | undefined,
  now: Date,
): readonly RefusalReason[] {
  const hasPlace = placeAt !== undefined && isSameHour(placeAt, now);
  return gateRefusals(control, has.policy, now).filter((reason) => !(hasPlace && reason === 'hourly-cap'));
}

/**
 * Tells the breaker how an attempt ended. A recording counts once for each end among the attempts that are looked at, so
 * a message that comes again tells nothing new, and one troubled recording cannot open the breaker by itself.
 */
export async function noteAttempt(has: Needs, recordingSid: RecordingSid, end: AttemptEnd): Promise<void> {
  const at = has.now();
  await changeControl(has, (control) => {
    if (control.attempts.some((attempt) => attempt.recordingSid === recordingSid && attempt.end === end))
      return control;
    return withAttempt(control, { at, recordingSid, end }, has.policy.deletion.breaker);
  });
}

/**
 * Changes the control record on the version that was read; a collision reads and changes again.
 *
 * @throws {RetryableError} `ledger-contended` when others were first twenty times.
 */
export async function changeControl(has: Needs, change: (control: DeletionControl) => DeletionControl): Promise<void> {
  for (let collision = 0; collision < maxCollisions; collision += 1) {
    const before = (await has.control.readDeletionControl()) ?? newDeletionControl(has.now());
    const after = change(before);
    if (isDeepStrictEqual(before, after)) return;
    // Told before it is written: whoever is killed in between tells it again, and an alarm too many is better than none.
    if (before.breaker.state === 'closed' && after.breaker.state === 'open')
      has.meter.measure({ outcome: 'opened', name: 'breaker', unit: 'Count', value: 1 });
    if ((await has.control.saveDeletionControl(after)) === 'saved') return;
  }
  throw contended();
}

function contended(): RetryableError {
  const message = `the record that all deletions share was changed by others ${maxCollisions} times while we tried to`;
  return new RetryableError(message, { reason: 'ledger-contended' });
}
