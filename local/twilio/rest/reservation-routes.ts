import { taskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { JsonObject } from '../json.ts';
import { needWorker } from '../state/worker-life.ts';
import type { Reservation, Task } from '../state/records.ts';
import { liveTask } from '../state/task.ts';
import type { World } from '../state/world.ts';
import { notFound } from './answers.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import type { Route } from './route.ts';
import { workspaceRoute, workspaceUrl } from './workspace-path.ts';

/** `/v1/Workspaces/{WS}/Tasks/{WT}/Reservations`: the list of them. */
export function reservationRoutes(world: World): readonly Route[] {
  return [
    workspaceRoute(world, 'GET', '/Tasks/(WT[0-9a-f]{32})/Reservations', (workspace, request, [sid = '']) => {
      const task = liveTask(world, taskSid(sid));
      if (task?.workspaceSid !== workspace.sid) return notFound(request.path);
      const items = task.reservations.map((one) => reservationResource(world, task, one));
      return metaPageAnswer(request, 'reservations', items);
    }),
  ];
}

function reservationResource(world: World, task: Task, { sid, workerSid, status }: Reservation): JsonObject {
  const workspace = workspaceUrl(task.workspaceSid);
  const taskUrl = `${workspace}/Tasks/${task.sid}`;
  return {
    account_sid: world.accountSid,
    // Of a reservation the simulator keeps no times of its own.
    date_created: isoSeconds(task.createdAtMs),
    date_updated: isoSeconds(task.updatedAtMs),
    reservation_status: status,
    sid,
    task_sid: task.sid,
    worker_name: needWorker(world, workerSid).name,
    worker_sid: workerSid,
    workspace_sid: task.workspaceSid,
    url: `${taskUrl}/Reservations/${sid}`,
    links: { task: taskUrl, workspace, worker: `${workspace}/Workers/${workerSid}` },
  };
}
