import { RetryableError } from '../shared/domain/outcome.ts';
import { isDisabled, newTargetControl, withDisabled } from '../shared/domain/report-targets.ts';
import type { ReportTarget, TargetControl } from '../shared/domain/report-targets.ts';
import type { ControlRecords } from '../shared/ports/control-records.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { ReportMessage } from './report-message.ts';

export interface TargetNeeds {
  readonly targets: readonly ReportTarget[];
  readonly controls: Pick<ControlRecords, 'readTargetControl' | 'saveTargetControl'>;
  readonly meter: Meter;
  readonly now: () => Date;
}

/** How often two deliveries may collide on the one control record before the message is left for later. */
const maxCollisions = 10;

/** The targets that want messages of this kind, as they are configured now; whoever disabled themselves are among them. */
export function targetsFor(
  { targets }: Pick<TargetNeeds, 'targets'>,
  { route }: Pick<ReportMessage, 'route'>,
): readonly ReportTarget[] {
  return targets.filter(({ from }) => from === wantedFrom[route]);
}

const wantedFrom: Readonly<Record<ReportMessage['route'], ReportTarget['from']>> = {
  'internal/report-status': 'archive',
  'internal/relay-contact-status': 'calabrio',
  'internal/report-agent-state': 'agent-states',
};

export async function readTargetControl(has: Pick<TargetNeeds, 'controls'>): Promise<TargetControl> {
  return (await has.controls.readTargetControl()) ?? newTargetControl;
}

/**
 * Remembers that the target wants no more, and rings: somebody has to know that a system hears nothing from now on. A
 * repeat changes nothing. It rings before it is remembered, because afterwards nothing would ring any more.
 *
 * @throws {RetryableError} `targets-contended` after ten collisions.
 */
export async function disableTarget(has: TargetNeeds, target: ReportTarget): Promise<void> {
  let hasRung = false;
  for (let collision = 0; collision < maxCollisions; collision += 1) {
    const control = await readTargetControl(has);
    if (isDisabled(control, target)) return;
    if (!hasRung) has.meter.measure({ name: 'reports', outcome: 'disabled', unit: 'Count', value: 1 });
    hasRung = true;
    if ((await has.controls.saveTargetControl(withDisabled(control, target, has.now()))) === 'saved') return;
  }
  throw new RetryableError(`the record of disabled targets was changed by others ${maxCollisions} times meanwhile`, {
    reason: 'targets-contended',
  });
}
