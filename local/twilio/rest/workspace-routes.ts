import type { JsonObject } from '../json.ts';
import type { Activity, QueueOrder, Workspace } from '../state/routing-records.ts';
import { createWorkspace, deleteWorkspace } from '../state/workspaces.ts';
import type { World } from '../state/world.ts';
import { badRequest, gone, ok, type Answer } from './answers.ts';
import { firstFault, isTrue, missing, nameFault, oneOf, refuseForm, urlFault } from './form-checks.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';
import { nameIsTaken, workspaceRoute, workspaceUrl } from './workspace-path.ts';

const orders = ['FIFO', 'LIFO'];
const fields = ['FriendlyName', 'EventCallbackUrl', 'EventsFilter', 'MultiTaskEnabled', 'PrioritizeQueueOrder'];

/** `/v1/Workspaces`: list, create, fetch, update and delete. */
export function workspaceRoutes(world: World): readonly Route[] {
  const path = /^\/v1\/Workspaces$/;
  return [
    { method: 'GET', path, handle: (request) => listWorkspaces(world, request) },
    { method: 'POST', path, handle: (request) => create(world, request) },
    workspaceRoute(world, 'GET', '', (workspace) => ok(workspaceResource(world, workspace))),
    workspaceRoute(world, 'POST', '', (workspace, request) => update(world, workspace, request)),
    workspaceRoute(world, 'DELETE', '', (workspace) => {
      deleteWorkspace(world, workspace);
      return gone;
    }),
  ];
}

function listWorkspaces(world: World, request: RestRequest): Answer {
  const name = request.query.get('FriendlyName');
  const found = [...world.workspaces.values()].filter((one) => name === null || one.name === name);
  return metaPageAnswer(
    request,
    'workspaces',
    found.map((one) => workspaceResource(world, one)),
  );
}

function create(world: World, { form }: RestRequest): Answer {
  const name = form.get('FriendlyName');
  if (name === null) return missing('FriendlyName');
  const fault = firstFault(
    refuseForm(form, [...fields, 'Template'], []),
    oneOf(form, 'Template', ['NONE', 'FIFO']),
    fieldsFault(world, form, undefined),
  );
  if (fault !== undefined) return fault;
  const workspace = createWorkspace(world, { name, template: form.get('Template') === 'FIFO' ? 'FIFO' : 'NONE' });
  store(workspace, form);
  return ok(workspaceResource(world, workspace), 201);
}

/** "Once a Workspace has been migrated to multi-tasking it can longer be converted back" (…/api/workspace, read 2026-11). */
function update(world: World, workspace: Workspace, { form }: RestRequest): Answer {
  const fault = firstFault(
    refuseForm(form, [...fields, 'DefaultActivitySid', 'TimeoutActivitySid'], []),
    fieldsFault(world, form, workspace),
  );
  if (fault !== undefined) return fault;
  const defaultActivity = activityOf(world, workspace, form.get('DefaultActivitySid'));
  const timeoutActivity = activityOf(world, workspace, form.get('TimeoutActivitySid'));
  if (defaultActivity === 'none') return badRequest('DefaultActivitySid is no activity of the workspace');
  if (timeoutActivity === 'none') return badRequest('TimeoutActivitySid is no activity of the workspace');
  if (workspace.multiTask && form.has('MultiTaskEnabled') && !isTrue(form.get('MultiTaskEnabled') ?? ''))
    return badRequest('A multi-tasking workspace cannot be converted back to single-tasking');
  if (defaultActivity !== undefined) workspace.defaultActivity = defaultActivity;
  if (timeoutActivity !== undefined) workspace.timeoutActivity = timeoutActivity;
  store(workspace, form);
  workspace.updatedAtMs = world.clock.now();
  return ok(workspaceResource(world, workspace));
}

function fieldsFault(world: World, form: URLSearchParams, own: Workspace | undefined): Answer | undefined {
  const name = form.get('FriendlyName');
  const namesake = [...world.workspaces.values()].find((one) => one.name === name && one !== own);
  return firstFault(
    name === null ? undefined : nameFault(name),
    name === null || namesake === undefined ? undefined : nameIsTaken(world, 'Workspace', name),
    urlFault(form, 'EventCallbackUrl'),
    oneOf(form, 'PrioritizeQueueOrder', orders),
  );
}

function activityOf(world: World, { sid }: Workspace, activitySid: string | null): Activity | undefined | 'none' {
  if (activitySid === null) return undefined;
  const activity = world.activities.get(activitySid);
  return activity?.workspaceSid === sid ? activity : 'none';
}

function store(workspace: Workspace, form: URLSearchParams): void {
  const order = form.get('PrioritizeQueueOrder');
  const multiTask = form.get('MultiTaskEnabled');
  workspace.name = form.get('FriendlyName') ?? workspace.name;
  workspace.eventCallbackUrl = form.get('EventCallbackUrl') ?? workspace.eventCallbackUrl;
  workspace.eventsFilter = form.get('EventsFilter') ?? workspace.eventsFilter;
  if (multiTask !== null) workspace.multiTask = isTrue(multiTask);
  if (order !== null) workspace.prioritizeQueueOrder = orderOf(order);
}

export const orderOf = (text: string): QueueOrder => (text === 'LIFO' ? 'LIFO' : 'FIFO');

function workspaceResource(world: World, workspace: Workspace): JsonObject {
  const url = workspaceUrl(workspace.sid);
  const { defaultActivity, timeoutActivity } = workspace;
  return {
    account_sid: world.accountSid,
    date_created: isoSeconds(workspace.createdAtMs),
    date_updated: isoSeconds(workspace.updatedAtMs),
    default_activity_name: defaultActivity.name,
    default_activity_sid: defaultActivity.sid,
    event_callback_url: workspace.eventCallbackUrl,
    events_filter: workspace.eventsFilter === '' ? null : workspace.eventsFilter,
    friendly_name: workspace.name,
    multi_task_enabled: workspace.multiTask,
    sid: workspace.sid,
    timeout_activity_name: timeoutActivity.name,
    timeout_activity_sid: timeoutActivity.sid,
    prioritize_queue_order: workspace.prioritizeQueueOrder,
    url,
    links: {
      activities: `${url}/Activities`,
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
      task_queues: `${url}/TaskQueues`,
      tasks: `${url}/Tasks`,
      workers: `${url}/Workers`,
      workflows: `${url}/Workflows`,
      task_channels: `${url}/TaskChannels`,
      events: `${url}/Events`,
    },
  };
}
