import { nearest } from '../../../lambdas/shared/domain/nearest.ts';
import { lintRoster } from '../../../lambdas/shared/domain/insights/lint-roster.ts';
import { lintWorkerAttributes } from '../../../lambdas/shared/domain/insights/lint-worker-attributes.ts';
import { secretFindings } from '../../../lambdas/shared/domain/insights/secret-findings.ts';
import { withoutSecrets } from '../../../lambdas/shared/domain/secrets-in-attributes.ts';
import type { TwilioConfig, WantedTaskChannel, WantedWorker, WantedWorkflow } from './config-schema.ts';
import { placesOf, queueOf } from './workflow-places.ts';
import type { WorkflowFilter } from './workflow-schema.ts';

/** What is doubtful in a configuration that has no fault, a line each with its place. */
export function lintTwilioConfig(config: TwilioConfig): readonly string[] {
  const { taskChannels = [], workflows = [], workers = [] } = config;
  return [
    ...taskChannels.flatMap(lintChannel),
    ...workflows.flatMap(lintWorkflow),
    ...unreachedQueues(config),
    ...lintWorkers(workers),
  ];
}

/** https://www.twilio.com/docs/taskrouter/api/task-channel (read 2026-11) */
function lintChannel({ uniqueName, name }: WantedTaskChannel): readonly string[] {
  if (![uniqueName, name ?? ''].some((text) => text.includes('-'))) return [];
  return [`taskChannels["${uniqueName}"]: Twilio warns of hyphens in a channel's names; use an underscore or none`];
}

function lintWorkflow(workflow: WantedWorkflow): readonly string[] {
  const path = `workflows["${workflow.name}"]`;
  const { filters = [], default_filter: last } = workflow.configuration?.task_routing ?? {};
  const callbacks = (['assignmentCallbackUrl', 'fallbackAssignmentCallbackUrl'] as const).filter(
    (key) => typeof workflow[key] === 'string',
  );
  return [
    ...callbacks.map(
      (key) =>
        `${path}.${key}: TaskRouter asks this URL at every assignment, and where nothing answers there no agent gets a task; Flex needs none (null)`,
    ),
    ...(workflow.configuration !== undefined && last === undefined
      ? [`${path}: without default_filter, a task that no filter takes has no queue`]
      : []),
    ...filters.flatMap((filter, place) =>
      lintFilter(`${path}.${nameOf(filter, place)}`, filter, filters.slice(0, place)),
    ),
  ];
}

const nameOf = ({ filter_friendly_name: name, friendly_name: older }: WorkflowFilter, place: number): string =>
  `filters[${JSON.stringify(name ?? older ?? place)}]`;

function lintFilter(path: string, filter: WorkflowFilter, before: readonly WorkflowFilter[]): readonly string[] {
  const catchAll = before.findIndex(takesAll);
  const ending = filter.targets.findIndex(
    ({ timeout, skip_if: skipIf }) => timeout === undefined && skipIf === undefined,
  );
  return [
    ...(catchAll === -1
      ? []
      : [
          `${path}: nothing comes here, because filter ${catchAll + 1} of ${before.length + 1} takes every task; put it before that one`,
        ]),
    ...(filter.targets.length === 0 ? [`${path}: it has no target, so its tasks have no queue`] : []),
    ...(ending !== -1 && ending < filter.targets.length - 1
      ? [
          `${path}.targets[${ending + 1}]: nothing comes here, because the target before it has no timeout and no skip_if`,
        ]
      : []),
    ...unknownKeys(path, filter, filterKeys),
    ...filter.targets.flatMap((target, place) => unknownKeys(`${path}.targets[${place}]`, target, targetKeys)),
  ];
}

/** Of what people write for "always"; any other expression may be false for some task. */
const takesAll = ({ expression }: WorkflowFilter): boolean =>
  expression === undefined || /^\s*(|true|1\s*==?\s*1|'?1'?\s*==?\s*'?1'?)\s*$/i.test(expression);

const filterKeys = ['filter_friendly_name', 'friendly_name', 'expression', 'targets'];
/** https://www.twilio.com/docs/taskrouter/workflow-configuration (read 2026-11) */
const targetKeys =
  'task_queue queue task_queue_sid expression priority timeout order_by skip_if known_worker_sid known_worker_friendly_name'.split(
    ' ',
  );

/** Twilio's JSON may have keys that we do not know; one that is nearly a known one is a slip. */
function unknownKeys(path: string, of: object, known: readonly string[]): readonly string[] {
  return Object.keys(of).flatMap((key) => {
    const near = known.includes(key) ? undefined : nearest(key, known);
    return near === undefined ? [] : [`${path}.${key}: TaskRouter knows no such key; did you mean ${near}?`];
  });
}

function unreachedQueues({ taskQueues = [], workflows }: TwilioConfig): readonly string[] {
  if (workflows === undefined) return [];
  const reached = workflows.flatMap(({ configuration }) => placesOf(configuration).map(queueOf));
  return taskQueues
    .filter(({ name }) => !reached.includes(name))
    .map(({ name }) => `taskQueues["${name}"]: no workflow of this file leads to it`);
}

/** What Insights would lose, and two agents with one number, by which a task finds its agent. */
function lintWorkers(workers: readonly WantedWorker[]): readonly string[] {
  const own = workers.flatMap(({ name, attributes }) =>
    [...secretFindings(attributes), ...lintWorkerAttributes(withoutSecrets(attributes).value)].map((one) => ({
      ...one,
      path: `${name}.${one.path}`,
    })),
  );
  const shared = lintRoster(workers).filter(({ rule }) => rule === 'duplicate-phone');
  return [...own, ...shared]
    .filter(({ level }) => level !== 'note')
    .map(({ path, message }) => `workers: ${path}: ${message}`);
}
