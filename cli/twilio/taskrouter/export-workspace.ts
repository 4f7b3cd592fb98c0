import { parseTaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import { withoutSecrets } from '../../../lambdas/shared/domain/secrets-in-attributes.ts';
import type { Resource, TwilioRest } from '../twilio-rest.ts';
import { shownUrl } from '../events/pipeline-urls.ts';
import { workbench } from './workbench.ts';
import type { Names, Workbench } from './workbench.ts';
import { configurationOf } from './workflow-field.ts';
import { toNamedJson } from './workflow-json.ts';
import { contentKinds, readState } from './workspace-state.ts';
import type { ContentKind, Found } from './workspace-state.ts';

export interface ExportedWorkspace {
  /** The sections of TaskRouter as a configuration has them; with it, a plan has nothing to do. */
  readonly sections: Readonly<Record<string, unknown>>;
  /** What could not be written down, a line each. */
  readonly warnings: readonly string[];
}

/** A workspace as it is now; workers only where they are wanted, because their attributes are personal data. */
export async function exportWorkspace(
  rest: TwilioRest,
  found: Found,
  { withWorkers }: { readonly withWorkers: boolean },
): Promise<ExportedWorkspace> {
  const kinds = contentKinds.filter((kind) => withWorkers || kind !== 'worker');
  const state = await readState(rest, found, kinds);
  const bench = workbench(rest, state);
  const warnings = [...state.duplicates];
  const each = (kind: ContentKind, write: Write) =>
    bench.all(kind).map((one) => {
      const { written, missing = [] } = write(one, bench);
      warnings.push(...missing.map((what) => `${kind} "${one.name}": ${what}`));
      return written;
    });
  const sections = {
    workspace: workspaceOf(found, bench),
    activities: each('activity', activityOf),
    taskChannels: each('task-channel', channelOf),
    taskQueues: each('task-queue', queueOf),
    workflows: each('workflow', workflowOf),
    ...(withWorkers && { workers: each('worker', workerOf) }),
  };
  return { sections, warnings };
}

interface Wrote {
  readonly written: Readonly<Record<string, unknown>>;
  /** What is at Twilio and cannot be written down. */
  readonly missing?: readonly string[];
}
type Write = (found: Found, bench: Workbench) => Wrote;

function workspaceOf({ name, resource }: Found, names: Names): Readonly<Record<string, unknown>> {
  return there({
    name,
    multiTask: resource['multi_task_enabled'],
    prioritizeQueueOrder: resource['prioritize_queue_order'],
    defaultActivity: activityNamed(resource['default_activity_sid'], names),
    timeoutActivity: activityNamed(resource['timeout_activity_sid'], names),
  });
}

const activityOf: Write = ({ name, resource }) => ({ written: there({ name, available: resource['available'] }) });

const channelOf: Write = ({ name, resource }) => ({
  written: there({
    uniqueName: name,
    name: resource['friendly_name'],
    optimizedRouting: resource['channel_optimized_routing'],
  }),
});

const queueOf: Write = ({ name, resource }, names) => ({
  written: there({
    name,
    targetWorkers: resource['target_workers'],
    maxReservedWorkers: resource['max_reserved_workers'],
    taskOrder: resource['task_order'],
    reservationActivity: activityNamed(resource['reservation_activity_sid'], names),
    assignmentActivity: activityNamed(resource['assignment_activity_sid'], names),
  }),
});

const workflowOf: Write = ({ name, resource }, names) => {
  const configuration = configurationOf(resource);
  const urls = [
    callbackOf(resource['assignment_callback_url']),
    callbackOf(resource['fallback_assignment_callback_url']),
  ];
  const [assignment, fallback] = urls;
  return {
    written: there({
      name,
      assignmentCallbackUrl: assignment?.url,
      fallbackAssignmentCallbackUrl: fallback?.url,
      taskReservationTimeoutSeconds: resource['task_reservation_timeout'],
      configuration: configuration && toNamedJson(configuration, (sid) => names.nameOf('task-queue', sid)),
    }),
    missing: [
      ...urls.flatMap(({ missing }) => missing ?? []),
      ...(configuration === undefined ? ['its configuration is left out, which is no JSON'] : []),
    ],
  };
};

/** None is null; one with a password in it is not written down. */
function callbackOf(value: unknown): { readonly url?: string | null; readonly missing?: string } {
  if (typeof value !== 'string' || value === '') return { url: null };
  const shown = shownUrl(value);
  return shown === value ? { url: value } : { missing: `${shown} is left out, because it has a password in it` };
}

const workerOf: Write = ({ name, resource }) => {
  const text = resource['attributes'];
  const parsed = parseTaskAttributes(typeof text === 'string' ? text : '');
  if (parsed.kind === 'unreadable')
    return { written: { name }, missing: [`its attributes are left out: ${parsed.why}`] };
  const { value, paths } = withoutSecrets(parsed.attributes);
  return {
    written: { name, attributes: value },
    missing: paths.map((path) => `${path} is left out, because it looks like a secret`),
  };
};

/** What Twilio does not say is not written down, and so not compared. */
function there(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) => value !== undefined && (value !== null || field.endsWith('CallbackUrl')),
    ),
  );
}

function activityNamed(sid: Resource[string], names: Names): string | undefined {
  return typeof sid === 'string' ? names.nameOf('activity', sid) : undefined;
}
