import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import type { TwilioConfig } from '../config/config-schema.ts';
import type { PruneTyped } from '../prune-typed.ts';
import type { Section, SectionPlan } from '../section.ts';
import type { TwilioRest } from '../twilio-rest.ts';
import { findWorkspace } from './find-workspace.ts';
import type { MeantWorkspace } from './find-workspace.ts';
import { activityKind, taskChannelKind, taskQueueKind, workflowKind } from './kinds.ts';
import { planKind } from './plan-kind.ts';
import { surplusOf } from './prune-changes.ts';
import type { ConfiguredNames } from './prune-changes.ts';
import { workbench } from './workbench.ts';
import type { Names, Workbench } from './workbench.ts';
import { workerKind } from './worker-kind.ts';
import { workspaceCreation, workspaceUpdates } from './workspace-changes.ts';
import { contentKinds, readState } from './workspace-state.ts';
import type { ContentKind } from './workspace-state.ts';

/** What TaskRouter's part of a plan is made from. */
export interface TaskRouterNeeds {
  readonly rest: TwilioRest;
  readonly config: TwilioConfig;
  readonly meant: MeantWorkspace;
  readonly prune: readonly PruneTyped[];
  /** What is doubtful already, before anything is read. */
  readonly warnings: readonly string[];
  /** The workspace whose events the pipeline follows; undefined where no pipeline is connected. */
  readonly followed: string | undefined;
}

/** A workspace as the configuration says, with all that is in it. */
export function taskRouterSection(has: TaskRouterNeeds): Section {
  return { name: 'taskrouter', kind: 'planned', plan: () => plan(has) };
}

async function plan({ rest, config, prune, followed, ...has }: TaskRouterNeeds): Promise<SectionPlan> {
  const { workspace, warnings } = await findWorkspace(rest, has.meant);
  const configured = namesOf(config);
  const state = workspace && (await readState(rest, workspace, kindsToRead(configured, prune)));
  const bench = workbench(rest, state);
  const names = plannedNames(bench, configured);
  const surplus = surplusOf(bench, configured, { prune, config });
  return {
    changes: [
      ...workspaceCreation(config.workspace, bench),
      ...contentChanges(config, bench, names),
      ...workspaceUpdates(config.workspace, bench, names),
      ...surplus.deletions,
    ],
    unmanaged: surplus.unmanaged,
    warnings: [...has.warnings, ...warnings, ...(state?.duplicates ?? []), ...notFollowed(workspace?.sid, followed)],
    problems: surplus.problems,
  };
}

function contentChanges(config: TwilioConfig, bench: Workbench, names: Names) {
  const { activities = [], taskChannels = [], taskQueues = [], workflows = [], workers = [] } = config;
  const has = { bench, names };
  return [
    ...planKind(activityKind, activities, has),
    ...planKind(taskChannelKind, taskChannels, has),
    ...planKind(taskQueueKind, taskQueues, has),
    ...planKind(workflowKind, workflows, has),
    ...planKind(workerKind, workers, has),
  ];
}

function namesOf({ activities, taskChannels, taskQueues, workflows, workers }: TwilioConfig): ConfiguredNames {
  const names = (listed: readonly { readonly name: string }[] | undefined) => listed?.map(({ name }) => name);
  return {
    activity: names(activities),
    'task-channel': taskChannels?.map(({ uniqueName }) => uniqueName),
    'task-queue': names(taskQueues),
    workflow: names(workflows),
    worker: names(workers),
  };
}

/** Activities and queues are named by others, so they are always read; workers, which may be many, only when listed. */
function kindsToRead(configured: ConfiguredNames, prune: readonly PruneTyped[]): readonly ContentKind[] {
  const always: readonly ContentKind[] = ['activity', 'task-queue'];
  return contentKinds.filter(
    (kind) => always.includes(kind) || configured[kind] !== undefined || prune.some((one) => one.kind === kind),
  );
}

/** Names as they will be: what the configuration makes has no SID yet, and will have one when it is needed. */
function plannedNames(bench: Workbench, configured: ConfiguredNames): Names {
  return {
    nameOf: bench.nameOf,
    sidOf(kind, name) {
      const isToCome = bench.workspace() === undefined || configured[kind]?.includes(name) === true;
      const sid = bench.find(kind, name)?.sid ?? (isToCome ? `the SID of ${name}` : undefined);
      if (sid === undefined)
        throw new CannotBeMadeError(`there is no ${kind} called "${name}", and the configuration makes none`);
      return sid;
    },
  };
}

function notFollowed(sid: string | undefined, followed: string | undefined): readonly string[] {
  if (followed === undefined || sid === followed) return [];
  return [
    `the pipeline follows workspace ${followed}, and this is ${sid ?? 'one that is not there yet'}: its events are ignored until the stage's workspaceSid in lib/stages.ts names it`,
  ];
}
