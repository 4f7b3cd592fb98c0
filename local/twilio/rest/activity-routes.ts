import type { JsonObject } from '../json.ts';
import { activityInUse, createActivity } from '../state/activities.ts';
import { byName, inWorkspace } from '../state/named-things.ts';
import type { Activity, Workspace } from '../state/routing-records.ts';
import type { World } from '../state/world.ts';
import { badRequest, gone, notFound, ok, type Answer } from './answers.ts';
import { firstFault, isTrue, missing, nameFault, refuseForm } from './form-checks.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';
import { nameIsTaken, workspaceRoute, workspaceUrl } from './workspace-path.ts';

/** `/v1/Workspaces/{WS}/Activities`; of one that is there only the name can be changed. */
export function activityRoutes(world: World): readonly Route[] {
  const one = (
    method: Route['method'],
    work: (activity: Activity, workspace: Workspace, request: RestRequest) => Answer,
  ): Route =>
    workspaceRoute(world, method, '/Activities/(WA[0-9a-f]{32})', (workspace, request, [sid = '']) => {
      const activity = world.activities.get(sid);
      return activity?.workspaceSid === workspace.sid ? work(activity, workspace, request) : notFound(request.path);
    });
  return [
    workspaceRoute(world, 'GET', '/Activities', (workspace, request) => list(world, workspace, request)),
    workspaceRoute(world, 'POST', '/Activities', (workspace, request) => create(world, workspace, request)),
    one('GET', (activity) => ok(activityResource(world, activity))),
    one('POST', (activity, workspace, request) => rename(world, activity, workspace, request)),
    one('DELETE', (activity, workspace) => {
      const inUse = activityInUse(world, workspace, activity);
      if (inUse !== undefined) return badRequest(`Activity ${activity.sid} cannot be deleted: ${inUse}`);
      world.activities.delete(activity.sid);
      return gone;
    }),
  ];
}

function list(world: World, { sid }: Workspace, request: RestRequest): Answer {
  const name = request.query.get('FriendlyName');
  const available = request.query.get('Available');
  const found = inWorkspace(world.activities, sid)
    .filter((one) => name === null || one.name === name)
    .filter((one) => available === null || one.available === isTrue(available));
  return metaPageAnswer(
    request,
    'activities',
    found.map((one) => activityResource(world, one)),
  );
}

function create(world: World, { sid }: Workspace, { form }: RestRequest): Answer {
  const name = form.get('FriendlyName');
  if (name === null) return missing('FriendlyName');
  const fault = firstFault(
    refuseForm(form, ['FriendlyName', 'Available'], []),
    nameFault(name),
    byName(world.activities, sid, name) && nameIsTaken(world, 'Activity', name, sid),
  );
  if (fault !== undefined) return fault;
  const activity = createActivity(world, sid, { name, available: isTrue(form.get('Available') ?? 'false') });
  return ok(activityResource(world, activity), 201);
}

function rename(world: World, activity: Activity, { sid }: Workspace, { form }: RestRequest): Answer {
  const name = form.get('FriendlyName') ?? activity.name;
  const namesake = byName(world.activities, sid, name);
  const fault = firstFault(
    refuseForm(form, ['FriendlyName'], []),
    nameFault(name),
    namesake === undefined || namesake === activity ? undefined : nameIsTaken(world, 'Activity', name, sid),
  );
  if (fault !== undefined) return fault;
  activity.name = name;
  activity.updatedAtMs = world.clock.now();
  return ok(activityResource(world, activity));
}

function activityResource(world: World, activity: Activity): JsonObject {
  const workspace = workspaceUrl(activity.workspaceSid);
  return {
    account_sid: world.accountSid,
    available: activity.available,
    date_created: isoSeconds(activity.createdAtMs),
    date_updated: isoSeconds(activity.updatedAtMs),
    friendly_name: activity.name,
    sid: activity.sid,
    workspace_sid: activity.workspaceSid,
    url: `${workspace}/Activities/${activity.sid}`,
    links: { workspace },
  };
}
