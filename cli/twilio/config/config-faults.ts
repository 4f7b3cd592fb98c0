import { nearest } from '../../../lambdas/shared/domain/nearest.ts';
import { attributesText, maxAttributesCharacters } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { ConfigFault } from '../../../lambdas/shared/messages/config-faults.ts';
import type { TwilioConfig, WantedWorkflow } from './config-schema.ts';
import { placesOf } from './workflow-places.ts';

/** What is wrong beyond the shape of the file: a name twice, a name that nothing has, attributes that do not fit. */
export function twilioConfigFaults(config: TwilioConfig): readonly ConfigFault[] {
  const { workspace, activities, taskChannels, taskQueues, workflows, workers } = config;
  const activity = (path: string, value: string | undefined) => unknownName(path, value, 'activities', activities);
  return [
    ...twice('activities', activities, 'name'),
    ...twice('taskChannels', taskChannels, 'uniqueName'),
    ...twice('taskQueues', taskQueues, 'name'),
    ...twice('workflows', workflows, 'name'),
    ...twice('workers', workers, 'name'),
    ...activity('workspace.defaultActivity', workspace.defaultActivity),
    ...activity('workspace.timeoutActivity', workspace.timeoutActivity),
    ...(taskQueues ?? []).flatMap(({ reservationActivity, assignmentActivity }, place) => [
      ...activity(`taskQueues[${place}].reservationActivity`, reservationActivity),
      ...activity(`taskQueues[${place}].assignmentActivity`, assignmentActivity),
    ]),
    ...(workflows ?? []).flatMap((workflow, place) => queueFaults(`workflows[${place}]`, workflow, taskQueues)),
    ...(workers ?? []).flatMap((worker, place) => [
      ...activity(`workers[${place}].activity`, worker.activity),
      ...tooLong(`workers[${place}].attributes`, worker.attributes),
    ]),
  ];
}

interface Named {
  readonly name?: string;
}

function twice<Key extends string>(
  section: string,
  listed: readonly Readonly<Partial<Record<Key, string>>>[] = [],
  key: Key,
): readonly ConfigFault[] {
  return listed.flatMap((one, place) =>
    listed.slice(0, place).some((before) => before[key] === one[key])
      ? [
          {
            path: `${section}[${place}].${key}`,
            value: one[key],
            message: `a ${key} that nothing else of ${section} has; rename one of the two, or take it away`,
          },
        ]
      : [],
  );
}

/** A list that is left out is what the workspace has: its names are looked for there. */
function unknownName(
  path: string,
  value: string | undefined,
  section: string,
  listed: readonly Named[] | undefined,
): readonly ConfigFault[] {
  if (value === undefined || listed === undefined || listed.some(({ name }) => name === value)) return [];
  const names = listed.flatMap(({ name }) => name ?? []);
  const near = nearest(value, names);
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  return [{ path, value, message: `a name of ${section}${hint}: ${names.join(', ')}; correct it, or add it there` }];
}

function queueFaults(
  path: string,
  workflow: WantedWorkflow,
  queues: readonly Named[] | undefined,
): readonly ConfigFault[] {
  return placesOf(workflow.configuration).flatMap(({ at, step }) => {
    const named = [step.task_queue, step.queue, step.task_queue_sid].filter((one) => one !== undefined);
    const place = `${path}.configuration.${at}`;
    if (named.length > 1)
      return [
        { path: place, message: 'names its queue more than once; leave one of task_queue, queue, task_queue_sid' },
      ];
    return [
      ...unknownName(`${place}.task_queue`, step.task_queue, 'taskQueues', queues),
      ...unknownName(`${place}.queue`, queueSid.test(step.queue ?? '') ? undefined : step.queue, 'taskQueues', queues),
    ];
  });
}

const queueSid = /^WQ[0-9a-f]{32}$/;

function tooLong(path: string, attributes: Readonly<Record<string, unknown>>): readonly ConfigFault[] {
  const { length } = attributesText(attributes);
  return length <= maxAttributesCharacters
    ? []
    : [
        {
          path,
          message: `have ${length} characters as JSON, and TaskRouter allows ${maxAttributesCharacters}; shorten them`,
        },
      ];
}
