import { RetryableError } from '../shared/domain/outcome.ts';
import { newSweepControl } from '../shared/domain/reconcile/sweep-control.ts';
import type { SweepControl } from '../shared/domain/reconcile/sweep-control.ts';
import type { SweepSettings } from '../shared/domain/reconcile/sweep-settings.ts';
import type { ControlRecords } from '../shared/ports/control-records.ts';

export interface SweepControlNeeds {
  readonly controls: Pick<ControlRecords, 'readSweepControl' | 'saveSweepControl'>;
  readonly sweep: SweepSettings;
  readonly now: () => Date;
}

/** Two runs at once are the most there are: the schedule's, and an operator's. */
const maxCollisions = 5;

export async function readSweepControl(has: SweepControlNeeds): Promise<SweepControl> {
  return (await has.controls.readSweepControl()) ?? newSweepControl(has.now(), has.sweep);
}

/**
 * Changes the record on the version that was read, again when another run was first. Undefined, and nothing written,
 * where `change` has nothing to change.
 *
 * @throws {RetryableError} `ledger-contended` after five collisions.
 */
export async function changeSweepControl(
  has: SweepControlNeeds,
  change: (control: SweepControl) => SweepControl | undefined,
): Promise<SweepControl | undefined> {
  for (let collision = 0; collision < maxCollisions; collision += 1) {
    const changed = change(await readSweepControl(has));
    if (changed === undefined) return undefined;
    if ((await has.controls.saveSweepControl(changed)) === 'saved') return { ...changed, version: changed.version + 1 };
  }
  throw new RetryableError(`the record of the sweep was changed by others ${maxCollisions} times while we tried to`, {
    reason: 'ledger-contended',
  });
}
