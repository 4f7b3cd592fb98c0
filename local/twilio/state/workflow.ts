import type { WorkspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { byName, sidOfName } from './named-things.ts';
import type { TaskQueue, Workflow } from './routing-records.ts';
import { queueNamed } from './task-queues.ts';
import type { World } from './world.ts';

export type NewWorkflow = Pick<Workflow, 'name' | 'configuration'> &
  Partial<
    Pick<Workflow, 'sid' | 'assignmentCallbackUrl' | 'fallbackAssignmentCallbackUrl' | 'taskReservationTimeoutSeconds'>
  >;

/** 120 seconds for an answer to a reservation unless given (twilio.com/docs/taskrouter/api/workflow, read 2026-11). */
export function createWorkflow(world: World, workspaceSid: WorkspaceSid, made: NewWorkflow): Workflow {
  const nowMs = world.clock.now();
  const workflow: Workflow = {
    sid: world.sids.next('WW'),
    workspaceSid,
    assignmentCallbackUrl: null,
    fallbackAssignmentCallbackUrl: null,
    taskReservationTimeoutSeconds: 120,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    ...made,
  };
  world.workflows.set(workflow.sid, workflow);
  return workflow;
}

/** Everything goes to one queue. */
export const allTo = (queue: TaskQueue): string =>
  JSON.stringify({ task_routing: { filters: [], default_filter: { queue: queue.sid } } });

/** The workflow of that name; where there is none one is made that sends everything to `queue`. */
export function workflowNamed(world: World, workspaceSid: WorkspaceSid, name: string, queue: TaskQueue): Workflow {
  const sid = sidOfName(world, 'WW', workspaceSid, name);
  return (
    byName(world.workflows, workspaceSid, name) ??
    createWorkflow(world, workspaceSid, { name, configuration: allTo(queue), sid })
  );
}

/** One that is known by its name and sends everything to one queue; a second call changes it, or with another SID takes its place. */
export function placeWorkflow(
  world: World,
  workspaceSid: WorkspaceSid,
  made: { readonly name: string; readonly queue: string; readonly sid: string | undefined },
): Workflow {
  const { name } = made;
  const known = byName(world.workflows, workspaceSid, name);
  const sid = made.sid ?? known?.sid ?? sidOfName(world, 'WW', workspaceSid, name);
  const configuration = allTo(queueNamed(world, workspaceSid, made.queue));
  if (known?.sid === sid) return Object.assign(known, { configuration });
  if (known !== undefined) world.workflows.delete(known.sid);
  return createWorkflow(world, workspaceSid, { name, configuration, sid });
}
