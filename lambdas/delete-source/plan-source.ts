import { planRecording } from '../shared/domain/plan-recording.ts';
import type { Plan } from '../shared/domain/plan-recording.ts';
import { applyPlan } from '../shared/domain/recording-events.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { PlanNeeds } from '../shared/steps/follow-plan.ts';
import { knownTasks } from '../shared/steps/known-tasks.ts';

/** A plan and all that it was made on: the record in just this version, its tasks, the moment. */
export interface Planned {
  readonly recording: RecordingRecord;
  readonly tasks: readonly TaskRecord[];
  readonly plan: Plan;
  readonly at: Date;
}

/** Plans on the record as it was read, with its tasks read now. */
export async function planSource(
  has: Pick<PlanNeeds, 'ledger' | 'policy' | 'now'>,
  recording: RecordingRecord,
): Promise<Planned> {
  const tasks = await knownTasks(has, recording);
  const at = has.now();
  return { recording, tasks, at, plan: planRecording(recording, tasks, has.policy, at) };
}

/** The record as it became, with what the plan says of that. */
export function withPlan(
  has: Pick<PlanNeeds, 'policy'>,
  recording: RecordingRecord,
  { tasks, at }: Pick<Planned, 'tasks' | 'at'>,
): { readonly record: RecordingRecord; readonly plan: Plan } {
  const plan = planRecording(recording, tasks, has.policy, at);
  return { plan, record: applyPlan(recording, plan, has.policy.deletion.enabled) };
}
