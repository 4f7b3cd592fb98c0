import { UsageError } from '../../../local/terminal/options.ts';
import type { OptionSpecs, TypedOptions } from '../../../local/terminal/options.ts';
import { stageOf } from '../../stage-of.ts';
import { findWorkspace } from '../taskrouter/find-workspace.ts';
import { foundOf, workspacesUrl } from '../taskrouter/workspace-state.ts';
import type { Found } from '../taskrouter/workspace-state.ts';
import type { TwilioAccount } from '../twilio-account.ts';

export const workspaceOption: OptionSpecs = {
  workspace: {
    kind: 'text',
    placeholder: 'sid or name',
    help: "the stage's, or the account's only one, unless given",
  },
};

/**
 * Where a new task goes: the workspace that was typed, else the stage's, else the only one.
 *
 * @throws {UsageError} when it is not there, or nobody said which of several.
 */
export async function workspaceForTask(account: TwilioAccount, typed: TypedOptions): Promise<Found> {
  const [first, ...others] = await workspacesOfTasks(account, typed);
  if (first === undefined) throw new UsageError('the account has no workspace: npm run cli -- twilio apply makes one');
  const stageSid = account.pipeline && (await stageOf(account.pipeline.stageName)).twilio.workspaceSid;
  if (others.length === 0 || first.sid === stageSid) return first;
  const names = [first, ...others].map(({ name }) => name).join(', ');
  throw new UsageError(`the account has ${others.length + 1} workspaces, ${names}: choose one with --workspace`);
}

/** Where a task of whom only the SID is known may be: in the workspace that was typed, else in any, the stage's first. */
export async function workspacesOfTasks(
  { rest, pipeline }: TwilioAccount,
  { texts }: TypedOptions,
): Promise<readonly Found[]> {
  const typed = texts.get('workspace');
  if (typed !== undefined) {
    const { workspace } = await findWorkspace(rest, { typed, configured: undefined });
    return workspace === undefined ? [] : [workspace];
  }
  const all = (await rest.list(workspacesUrl, 'workspaces')).map((resource) => foundOf('workspace', resource));
  const stageSid = pipeline && (await stageOf(pipeline.stageName)).twilio.workspaceSid;
  return all.toSorted((one, other) => Number(other.sid === stageSid) - Number(one.sid === stageSid));
}
