import { PermanentError } from '../../lambdas/shared/domain/outcome.ts';
import { asRostered } from '../../lambdas/shared/domain/worker/roster.ts';
import type { PlannedWorker, RosterFault } from '../../lambdas/shared/domain/worker/roster.ts';
import type { AttributeChange } from '../../lambdas/shared/domain/enrichment/merge-attributes.ts';
import type { Workers } from '../../lambdas/shared/ports/workers.ts';
import { updateWorkerAttributes } from '../../lambdas/shared/steps/update-worker-attributes.ts';
import type { UpdatedAttributes } from '../../lambdas/shared/steps/edit-attributes.ts';
import { printable } from '../../local/terminal/printable.ts';
import type { Progress } from '../../local/terminal/progress.ts';

export interface AppliedPlan {
  /** What was written; what somebody else had made so meanwhile is not among it. */
  readonly changes: readonly PlannedWorker[];
  /** Workers that Twilio would not take, or that are gone. */
  readonly faults: readonly RosterFault[];
}

/**
 * Writes worker after worker, each on its attributes as they are by then. One that cannot be written stops no other.
 *
 * @throws {RetryableError} when Twilio is away; what is written stays, and the same command goes on from there.
 */
export async function applyPlan(
  has: { readonly workers: Workers; readonly progress: Progress },
  planned: readonly PlannedWorker[],
): Promise<AppliedPlan> {
  const changes: PlannedWorker[] = [];
  const faults: RosterFault[] = [];
  for (const [place, one] of planned.entries()) {
    has.progress.show([`writing ${place + 1} of ${planned.length}: ${printable(one.worker)}`]);
    const written = await write(has.workers, one);
    if (written.kind === 'written') changes.push({ ...one, changes: written.result });
    if (written.kind === 'refused') faults.push({ line: one.row.line, key: one.row.key, why: written.why });
    if (written.kind === 'gone')
      faults.push({ line: one.row.line, key: one.row.key, why: `${one.workerSid} is no longer in the workspace` });
  }
  has.progress.end();
  return { changes, faults };
}

type Written = UpdatedAttributes<readonly AttributeChange[]> | { readonly kind: 'refused'; readonly why: string };

function write(workers: Workers, { workerSid, row }: PlannedWorker): Promise<Written> {
  const updated = updateWorkerAttributes(workers, workerSid, async (before) => {
    const { attributes, changes } = asRostered(before, row);
    return changes.length === 0 ? { kind: 'leave', result: changes } : { kind: 'write', attributes, result: changes };
  });
  return updated.catch((error: unknown): Written => {
    if (error instanceof PermanentError) return { kind: 'refused', why: error.message };
    throw error;
  });
}
