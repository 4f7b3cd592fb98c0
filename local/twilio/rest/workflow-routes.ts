import type { JsonObject } from '../json.ts';
import { byName, inWorkspace } from '../state/named-things.ts';
import type { Workflow, Workspace } from '../state/routing-records.ts';
import { createWorkflow } from '../state/workflow.ts';
import { configurationFault } from '../state/workflow-routing.ts';
import type { World } from '../state/world.ts';
import { badRequest, gone, notFound, ok, type Answer } from './answers.ts';
import { firstFault, missing, nameFault, numberFault, refuseForm, urlFault } from './form-checks.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';
import { nameIsTaken, workspaceRoute, workspaceUrl } from './workspace-path.ts';

const fields = [
  ...['FriendlyName', 'Configuration', 'AssignmentCallbackUrl', 'FallbackAssignmentCallbackUrl'],
  'TaskReservationTimeout',
];

/** `/v1/Workspaces/{WS}/Workflows`; the configuration is kept as it was sent, and names queues of the workspace. */
export function workflowRoutes(world: World): readonly Route[] {
  const one = (
    method: Route['method'],
    work: (workflow: Workflow, workspace: Workspace, request: RestRequest) => Answer,
  ): Route =>
    workspaceRoute(world, method, '/Workflows/(WW[0-9a-f]{32})', (workspace, request, [sid = '']) => {
      const workflow = world.workflows.get(sid);
      return workflow?.workspaceSid === workspace.sid ? work(workflow, workspace, request) : notFound(request.path);
    });
  return [
    workspaceRoute(world, 'GET', '/Workflows', ({ sid }, request) => {
      const name = request.query.get('FriendlyName');
      const found = inWorkspace(world.workflows, sid).filter((flow) => name === null || flow.name === name);
      return metaPageAnswer(
        request,
        'workflows',
        found.map((flow) => workflowResource(world, flow)),
      );
    }),
    workspaceRoute(world, 'POST', '/Workflows', (workspace, request) => create(world, workspace, request)),
    one('GET', (workflow) => ok(workflowResource(world, workflow))),
    one('POST', (workflow, workspace, request) => update(world, workflow, workspace, request)),
    one('DELETE', (workflow) => {
      world.workflows.delete(workflow.sid);
      return gone;
    }),
  ];
}

function create(world: World, { sid }: Workspace, { form }: RestRequest): Answer {
  const name = form.get('FriendlyName');
  const configuration = form.get('Configuration');
  if (name === null) return missing('FriendlyName');
  if (configuration === null) return missing('Configuration');
  const fault = firstFault(refuseForm(form, fields, []), fieldsFault(world, sid, form, undefined));
  if (fault !== undefined) return fault;
  const workflow = createWorkflow(world, sid, { name, configuration });
  store(workflow, form);
  return ok(workflowResource(world, workflow), 201);
}

function update(world: World, workflow: Workflow, { sid }: Workspace, { form }: RestRequest): Answer {
  const fault = firstFault(
    refuseForm(form, [...fields, 'ReEvaluateTasks'], []),
    fieldsFault(world, sid, form, workflow),
  );
  if (fault !== undefined) return fault;
  store(workflow, form);
  workflow.updatedAtMs = world.clock.now();
  return ok(workflowResource(world, workflow));
}

function fieldsFault(world: World, sid: Workspace['sid'], form: URLSearchParams, own?: Workflow): Answer | undefined {
  const name = form.get('FriendlyName');
  const namesake = name === null ? undefined : byName(world.workflows, sid, name);
  const configuration = form.get('Configuration');
  const why = configuration === null ? undefined : configurationFault(world, sid, configuration);
  return firstFault(
    name === null ? undefined : nameFault(name),
    namesake === undefined || namesake === own ? undefined : nameIsTaken(world, 'Workflow', name ?? '', sid),
    why === undefined ? undefined : badRequest(why),
    urlFault(form, 'AssignmentCallbackUrl'),
    urlFault(form, 'FallbackAssignmentCallbackUrl'),
    numberFault(form, 'TaskReservationTimeout', 1, 86_400),
  );
}

function store(workflow: Workflow, form: URLSearchParams): void {
  const urlOf = (field: string, sofar: string | null): string | null => {
    const text = form.get(field);
    return text === null ? sofar : text === '' ? null : text;
  };
  const timeout = form.get('TaskReservationTimeout');
  workflow.name = form.get('FriendlyName') ?? workflow.name;
  workflow.configuration = form.get('Configuration') ?? workflow.configuration;
  workflow.assignmentCallbackUrl = urlOf('AssignmentCallbackUrl', workflow.assignmentCallbackUrl);
  workflow.fallbackAssignmentCallbackUrl = urlOf(
    'FallbackAssignmentCallbackUrl',
    workflow.fallbackAssignmentCallbackUrl,
  );
  if (timeout !== null) workflow.taskReservationTimeoutSeconds = Number(timeout);
}

function workflowResource(world: World, workflow: Workflow): JsonObject {
  const url = `${workspaceUrl(workflow.workspaceSid)}/Workflows/${workflow.sid}`;
  return {
    account_sid: world.accountSid,
    assignment_callback_url: workflow.assignmentCallbackUrl,
    configuration: workflow.configuration,
    date_created: isoSeconds(workflow.createdAtMs),
    date_updated: isoSeconds(workflow.updatedAtMs),
    document_content_type: 'application/json',
    fallback_assignment_callback_url: workflow.fallbackAssignmentCallbackUrl,
    friendly_name: workflow.name,
    sid: workflow.sid,
    task_reservation_timeout: workflow.taskReservationTimeoutSeconds,
    workspace_sid: workflow.workspaceSid,
    url,
    links: {
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
    },
  };
}
