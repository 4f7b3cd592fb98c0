import type { WantedWorkspace } from '../config/config-schema.ts';
import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import type { Change } from '../section.ts';
import type { Resource } from '../twilio-rest.ts';
import { activityField, plainField, whyNot } from './field.ts';
import type { Field } from './field.ts';
import { contentKinds, foundOf, readState, workspacesUrl } from './workspace-state.ts';
import type { Names, Workbench } from './workbench.ts';

/**
 * "A multi-tasking Workspace can't be updated to single-tasking unless it is not a Flex Project and another (legacy)
 * single-tasking Workspace exists." (Twilio's OpenAPI file of TaskRouter, UpdateWorkspace, read 2026-11)
 */
const neverBack =
  'Twilio makes no multi-tasking workspace single-tasking again: say "multiTask": true, or leave it out';

const ownFields: readonly Field<WantedWorkspace>[] = [
  plainField({
    field: 'multiTask',
    parameter: 'MultiTaskEnabled',
    wanted: ({ multiTask }) => multiTask,
    present: ({ multi_task_enabled: isMulti }) => isMulti,
    fixed: (wanted) => (wanted === false ? neverBack : undefined),
  }),
  plainField({
    field: 'prioritizeQueueOrder',
    parameter: 'PrioritizeQueueOrder',
    wanted: ({ prioritizeQueueOrder }) => prioritizeQueueOrder,
    present: ({ prioritize_queue_order: order }) => order,
  }),
];

/** These name activities, which are in the workspace themselves: so they are told last. */
const activityFields: readonly Field<WantedWorkspace>[] = [
  activityField({
    field: 'defaultActivity',
    parameter: 'DefaultActivitySid',
    wanted: ({ defaultActivity }) => defaultActivity,
    property: 'default_activity_sid',
  }),
  activityField({
    field: 'timeoutActivity',
    parameter: 'TimeoutActivitySid',
    wanted: ({ timeoutActivity }) => timeoutActivity,
    property: 'timeout_activity_sid',
  }),
];

/** The workspace itself, where there is none: the first change of all. What its template brings is adopted by name. */
export function workspaceCreation(wanted: WantedWorkspace, bench: Workbench): readonly Change[] {
  if (bench.workspace() !== undefined) return [];
  const template = wanted.template === undefined ? [] : [{ field: 'template', to: wanted.template }];
  const make = async (): Promise<void> => {
    const form = {
      FriendlyName: wanted.name,
      ...(wanted.template !== undefined && { Template: wanted.template }),
      ...formOf(ownFields, wanted, bench, undefined),
    };
    const made = foundOf('workspace', await bench.rest.create(workspacesUrl, { form }));
    bench.take(await readState(bench.rest, made, contentKinds));
  };
  const differences = ownFields.flatMap((field) => field.differences(wanted, undefined, bench));
  return [
    {
      action: 'create',
      kind: 'workspace',
      name: wanted.name,
      differences: [...template, ...differences],
      how: { kind: 'make', make },
    },
  ];
}

/** What the workspace itself has to change, its default and timeout activities above all: after all that is in it. */
export function workspaceUpdates(wanted: WantedWorkspace, bench: Workbench, names: Names): readonly Change[] {
  const found = bench.workspace();
  const fields = found === undefined ? activityFields : [...ownFields, ...activityFields];
  const judged = fields
    .map((field) => ({
      field,
      differences: field.differences(wanted, found?.resource, bench),
      why: whyNot(field, wanted, { names, at: found?.resource }),
    }))
    .filter(({ differences }) => differences.length > 0);
  const update = { action: 'update' as const, kind: 'workspace' as const, name: found?.name ?? wanted.name };
  const possible = judged.filter(({ why }) => why === undefined).flatMap(({ differences }) => differences);
  const left = judged.filter(({ why }) => why !== undefined).map(({ field }) => field);
  const make = (): Promise<void> => makeAsWanted(wanted, bench, left);
  return [
    ...(possible.length === 0 ? [] : [{ ...update, differences: possible, how: { kind: 'make' as const, make } }]),
    ...judged.flatMap(({ differences, why }) =>
      why === undefined ? [] : [{ ...update, differences, how: { kind: 'blocked' as const, why } }],
    ),
  ];
}

async function makeAsWanted(
  wanted: WantedWorkspace,
  bench: Workbench,
  left: readonly Field<WantedWorkspace>[],
): Promise<void> {
  const found = bench.workspace();
  if (found === undefined) throw new CannotBeMadeError('there is no workspace');
  const fields = [...ownFields, ...activityFields].filter(
    (field) =>
      !left.includes(field) &&
      field.differences(wanted, found.resource, bench).length > 0 &&
      field.fixed?.(wanted, found.resource) === undefined,
  );
  if (fields.length === 0) return;
  const form = formOf(fields, wanted, bench, found.resource);
  const made = await bench.rest.update(`${workspacesUrl}/${found.sid}`, { form });
  if (made !== undefined) bench.noteWorkspace(made);
}

function formOf(
  fields: readonly Field<WantedWorkspace>[],
  wanted: WantedWorkspace,
  bench: Workbench,
  at: Resource | undefined,
): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(fields.flatMap((field) => Object.entries(field.form(wanted, bench, at))));
}
