import { gateReasons } from '../domain/deletion-control.ts';
import { planRecording } from '../domain/plan-recording.ts';
import type { Action, Plan } from '../domain/plan-recording.ts';
import type { Policy } from '../domain/policy.ts';
import { applyEvent, applyPlan } from '../domain/recording-events.ts';
import type { RecordingRecord } from '../domain/recording-record.ts';
import type { TaskRecord } from '../domain/task-record.ts';
import type { WorkMessage } from '../messages/work-message.ts';
import type { Ledger, TimelineEntry } from '../ports/ledger.ts';
import type { WorkQueues } from '../ports/work-queues.ts';
import { changeRecording } from './change-record.ts';
import { knownTasks } from './known-tasks.ts';

export interface PlanNeeds {
  readonly ledger: Ledger;
  readonly queues: WorkQueues;
  readonly policy: Policy;
  readonly now: () => Date;
}

/**
 * Plans on the stored record and all its tasks, keeps what the plan found, and queues what it wants done.
 *
 * Called at the end of every delivery that may have changed something, also when it changed nothing: what was queued
 * already is queued again, and a function that died before is healed. Reports are noted as sent after they were.
 */
export async function followPlan(
  has: PlanNeeds,
  recording: RecordingRecord,
  because: { readonly cause: string; readonly actor: string },
): Promise<void> {
  const tasks = await knownTasks(has, recording);
  const plan = await keepPlan(has, recording, tasks, because);
  for (const action of plan.actions)
    if (action.kind === 'delete-source') await has.queues.send(messageOf(action, recording, because.cause));
  await queueReports(has, recording, plan, because);
}

/** Queues the reports that the plan owes and notes them as sent; also for delete-source, which plans by itself. */
export async function queueReports(
  has: Pick<PlanNeeds, 'ledger' | 'queues' | 'now'>,
  recording: RecordingRecord,
  plan: Plan,
  because: { readonly cause: string; readonly actor: string },
): Promise<void> {
  const reports = plan.actions.filter((action) => action.kind === 'report-status');
  if (reports.length === 0) return;
  for (const report of reports) await has.queues.send(messageOf(report, recording, because.cause));
  const at = has.now();
  await changeRecording(has.ledger, recording.recordingSid, (before = recording) => ({
    record: reports.reduce((sofar, { report }) => applyEvent(sofar, { kind: 'reported', report }), before),
    timeline: reports.map(({ report }) => ({
      ...because,
      occurredAt: at,
      what: `report ${report.status} queued for ${report.reservationSid ?? recording.recordingSid}`,
    })),
  }));
}

async function keepPlan(
  has: PlanNeeds,
  recording: RecordingRecord,
  tasks: readonly TaskRecord[],
  because: { readonly cause: string; readonly actor: string },
): Promise<Plan> {
  const at = has.now();
  let plan = planRecording(recording, tasks, has.policy, at);
  await changeRecording(has.ledger, recording.recordingSid, (before = recording) => {
    plan = planRecording(before, tasks, has.policy, at);
    // That it may go as far as its own facts say is no news to a gate that refused it a moment ago.
    if (plan.refusals.length === 0 && isRefusedAtGate(before)) return { record: before, timeline: [] };
    const record = applyPlan(before, plan, has.policy.deletion.enabled);
    return { record, timeline: refusalsMoved(before, record, { ...because, occurredAt: at }) };
  });
  return plan;
}

function isRefusedAtGate({ refusals }: RecordingRecord): boolean {
  return refusals !== undefined && refusals.length > 0 && refusals.every((reason) => gateReasons.includes(reason));
}

/** The line that says why the source stays now, or that it may go; none when that is as it was. */
export function refusalsMoved(
  before: RecordingRecord,
  after: RecordingRecord,
  line: Pick<TimelineEntry, 'occurredAt' | 'cause' | 'actor'>,
): readonly Omit<TimelineEntry, 'of'>[] {
  const [was, is] = [before.refusals?.join(', '), after.refusals?.join(', ')];
  if (is === was || is === undefined) return [];
  return [
    {
      ...line,
      what: is === '' ? 'source deletable' : 'source stays',
      ...(was !== undefined && was !== '' && { before: was }),
      ...(is !== '' && { after: is }),
    },
  ];
}

function messageOf(action: Action, { recordingSid }: RecordingRecord, cause: string): WorkMessage {
  if (action.kind === 'delete-source') return { v: 1, route: 'internal/delete-source', recordingSid, cause };
  const { reservationSid, status } = action.report;
  return {
    v: 1,
    route: 'internal/report-status',
    recordingSid,
    status,
    cause,
    ...(reservationSid !== undefined && { reservationSid }),
  };
}
