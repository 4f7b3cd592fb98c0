import type { WorkspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { byName, inWorkspace, sidOfName } from './named-things.ts';
import type { Activity, Workspace } from './routing-records.ts';
import type { World } from './world.ts';

export interface NewActivity {
  readonly name: string;
  readonly available: boolean;
  /** A new one unless given. */
  readonly sid?: string;
}

export function createActivity(world: World, workspaceSid: WorkspaceSid, made: NewActivity): Activity {
  const nowMs = world.clock.now();
  const { name, available, sid = world.sids.next('WA') } = made;
  const activity: Activity = { sid, workspaceSid, name, available, createdAtMs: nowMs, updatedAtMs: nowMs };
  world.activities.set(sid, activity);
  return activity;
}

/** The activity of that name; where there is none it is made, and only `Available` is available. */
export function activityNamed(world: World, workspaceSid: WorkspaceSid, name: string): Activity {
  const sid = sidOfName(world, 'WA', workspaceSid, name);
  return (
    byName(world.activities, workspaceSid, name) ??
    createActivity(world, workspaceSid, { name, available: name === 'Available', sid })
  );
}

/** Why it cannot be deleted; undefined where it can. Twilio's own words for it are documented nowhere. */
export function activityInUse(world: World, workspace: Workspace, activity: Activity): string | undefined {
  const { sid } = workspace;
  if (workspace.defaultActivity === activity) return `it is the default activity of workspace ${sid}`;
  if (workspace.timeoutActivity === activity) return `it is the timeout activity of workspace ${sid}`;
  const queue = inWorkspace(world.taskQueues, sid).find(
    ({ reservationActivity, assignmentActivity }) =>
      reservationActivity === activity || assignmentActivity === activity,
  );
  if (queue !== undefined) return `queue ${queue.sid} uses it`;
  const worker = inWorkspace(world.workers, sid).find((one) => one.activity === activity);
  return worker === undefined ? undefined : `worker ${worker.sid} is in it`;
}
