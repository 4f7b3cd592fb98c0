import { workspaceSid, type WorkspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import { createActivity } from './activities.ts';
import { inWorkspace, sidOfName } from './named-things.ts';
import type { QueueOrder, Workspace } from './routing-records.ts';
import { createTaskChannel, defaultChannels } from './task-channels.ts';
import { createTaskQueue } from './task-queues.ts';
import { allTo, createWorkflow } from './workflow.ts';
import type { World } from './world.ts';

export interface NewWorkspace {
  readonly name: string;
  /** A new one unless given; what it begins with is then known by its names. */
  readonly sid?: WorkspaceSid;
  /** Beside those of every workspace, which are not available. */
  readonly moreActivities?: readonly string[];
  readonly template?: 'NONE' | 'FIFO';
  readonly multiTask?: boolean;
  readonly prioritizeQueueOrder?: QueueOrder;
  readonly eventCallbackUrl?: string;
  readonly eventsFilter?: string;
}

/**
 * With "Offline", "Unavailable" and "Available" (twilio.com/docs/taskrouter/api/activity, read 2026-11) and the default
 * channels; FIFO adds "a single TaskQueue for first-in, first-out distribution" (…/api/workspace, read 2026-11) and the
 * workflow to it, under the names that Twilio's guides show them with.
 */
export function createWorkspace(world: World, made: NewWorkspace): Workspace {
  const nowMs = world.clock.now();
  const sid = made.sid ?? workspaceSid(world.sids.next('WS'));
  const known = (prefix: string, name: string) =>
    made.sid === undefined ? {} : { sid: sidOfName(world, prefix, sid, name) };
  const activity = (name: string, available: boolean) =>
    createActivity(world, sid, { name, available, ...known('WA', name) });
  const offline = activity('Offline', false);
  activity('Available', true);
  for (const name of ['Unavailable', ...(made.moreActivities ?? [])]) activity(name, false);
  for (const [uniqueName, name] of defaultChannels)
    createTaskChannel(world, sid, { uniqueName, name, ...known('TC', uniqueName) });
  const workspace: Workspace = {
    ...{ sid, name: made.name, createdAtMs: nowMs, updatedAtMs: nowMs },
    multiTask: made.multiTask ?? true,
    prioritizeQueueOrder: made.prioritizeQueueOrder ?? 'FIFO',
    ...{ defaultActivity: offline, timeoutActivity: offline },
    eventCallbackUrl: made.eventCallbackUrl ?? '',
    eventsFilter: made.eventsFilter ?? '',
  };
  world.workspaces.set(sid, workspace);
  if (made.template === 'FIFO') {
    const configuration = allTo(createTaskQueue(world, sid, { name: 'Sample Queue' }));
    createWorkflow(world, sid, { name: 'Default Fifo Workflow', configuration });
  }
  return workspace;
}

/** The stage's own, as Flex makes it. */
export const createFlexWorkspace = (world: World): Workspace =>
  createWorkspace(world, { sid: world.workspaceSid, name: 'Flex Task Assignment', moreActivities: ['Break'] });

/**
 * Where the verbs work that name none: in the stage's, or where that is not there in the first that was made.
 *
 * @throws {RefusedByTwilioError} while the account has none.
 */
export function homeWorkspace(world: World): Workspace {
  const home = world.workspaces.get(world.workspaceSid) ?? world.workspaces.values().next().value;
  if (home === undefined) throw new RefusedByTwilioError('the account has no workspace');
  return home;
}

/** The workspace with that SID; a foreign one that is not there yet is made. */
export function workspaceOf(world: World, sid: WorkspaceSid | undefined): Workspace {
  if (sid === undefined) return homeWorkspace(world);
  return world.workspaces.get(sid) ?? createWorkspace(world, { sid, name: 'Another Workspace' });
}

/** With all that is in it. */
export function deleteWorkspace(world: World, { sid }: Workspace): void {
  const { activities, taskChannels, taskQueues, workflows } = world;
  for (const things of [activities, taskChannels, taskQueues, workflows])
    for (const one of inWorkspace<{ readonly sid: string; readonly workspaceSid: WorkspaceSid }>(things, sid))
      things.delete(one.sid);
  for (const worker of inWorkspace(world.workers, sid)) world.workers.delete(worker.sid);
  for (const task of inWorkspace(world.tasks, sid)) task.deletedByRequestAtMs ??= world.clock.now();
  world.workspaces.delete(sid);
}
