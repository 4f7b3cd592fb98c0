import { done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { isDisabled } from '../shared/domain/report-targets.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import type { ReportMessage } from './report-message.ts';
import { readTargetControl, targetsFor } from './targets.ts';
import type { TargetNeeds } from './targets.ts';

/**
 * One message for each target that wants this kind and is not disabled. A function that dies half-way sends some of
 * them again: their webhooks have the same ids as before.
 */
export async function fanOut(
  has: TargetNeeds & { readonly queues: WorkQueues },
  message: ReportMessage,
): Promise<Outcome> {
  const targets = targetsFor(has, message);
  if (targets.length === 0) return ignored('no-target');
  const control = await readTargetControl(has);
  const enabled = targets.filter((target) => !isDisabled(control, target));
  if (enabled.length === 0) return ignored('target-disabled');
  for (const { name } of enabled) await has.queues.send({ ...message, target: name });
  return done;
}
