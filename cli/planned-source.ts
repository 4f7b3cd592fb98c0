import type { Connection } from './connection.ts';
import { gateRefusals, newDeletionControl } from '../lambdas/shared/domain/deletion-control.ts';
import type { DeletionControl } from '../lambdas/shared/domain/deletion-control.ts';
import type { ExpectedLeg } from '../lambdas/shared/domain/expected-legs.ts';
import { planRecording } from '../lambdas/shared/domain/plan-recording.ts';
import type { Policy } from '../lambdas/shared/domain/policy.ts';
import type { RecordingRecord } from '../lambdas/shared/domain/recording-record.ts';
import type { RefusalReason } from '../lambdas/shared/domain/refusals.ts';
import type { TaskRecord } from '../lambdas/shared/domain/task-record.ts';

/** What a plan made now says of a source. */
export interface PlannedSource {
  /** Every reason at once; empty when the source may go. */
  readonly refusals: readonly RefusalReason[];
  readonly legs: readonly ExpectedLeg[];
  /** When the plan may turn out otherwise though nothing happens. */
  readonly reviewAt?: Date;
}

/** What all plans of one look share. */
export interface Planning {
  readonly policy: Policy;
  readonly control: DeletionControl;
  readonly now: Date;
}

/** Undefined where the pipeline does not say by which policy it plans. */
export async function planningOf({ policy, controls, now }: Connection): Promise<Planning | undefined> {
  if (policy === undefined) return undefined;
  const at = now();
  return { policy, control: (await controls.readDeletionControl()) ?? newDeletionControl(at), now: at };
}

/** With one of these nothing is left to delete, and what holds for all sources alike is no matter. */
const nothingLeft: readonly RefusalReason[] = ['tombstoned', 'already-deleted', 'gone-external', 'source-empty'];

/** True of a source that neither stays nor may go: it is deleted, or there never was sound in it. */
export function isNothingToDelete(refusals: readonly RefusalReason[]): boolean {
  return refusals.some((reason) => nothingLeft.includes(reason));
}

/** Plans as the functions do: the recording's own reasons, then those that hold for all alike. Changes nothing. */
export function plannedSource(
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  { policy, control, now }: Planning,
): PlannedSource {
  const { refusals, legs, reviewAt } = planRecording(recording, tasks, policy, now);
  const gate = isNothingToDelete(refusals) ? [] : gateRefusals(control, policy, now);
  return { refusals: [...refusals, ...gate], legs, ...(reviewAt !== undefined && { reviewAt }) };
}
