import { workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { UsageError } from '../../../local/terminal/options.ts';
import type { TwilioRest } from '../twilio-rest.ts';
import { duplicateText, foundOf, oldestByName, workspacesUrl } from './workspace-state.ts';
import type { Found } from './workspace-state.ts';

export interface MeantWorkspace {
  /** By SID or name. */
  readonly typed: string | undefined;
  /** By name. */
  readonly configured: string | undefined;
}

export interface FoundWorkspace {
  /** Undefined where the account has none of that name. */
  readonly workspace: Found | undefined;
  readonly warnings: readonly string[];
}

/**
 * The workspace that is meant: the one that was typed, by SID or name, else the one that the configuration names.
 *
 * @throws {UsageError} when the one that was typed is not there.
 */
export async function findWorkspace(rest: TwilioRest, { typed, configured }: MeantWorkspace): Promise<FoundWorkspace> {
  if (workspaceSid.is(typed)) {
    const fetched = await rest.fetch(`${workspacesUrl}/${typed}`);
    if (fetched === undefined) throw new UsageError(`--workspace ${typed}: the account has no such workspace`);
    return { workspace: foundOf('workspace', fetched.resource), warnings: [] };
  }
  const listed = await rest.list(workspacesUrl, 'workspaces');
  const { oldest, several } = oldestByName(listed.map((resource) => foundOf('workspace', resource)));
  const name = typed ?? configured;
  const workspace = name === undefined ? undefined : oldest.get(name);
  if (typed !== undefined && workspace === undefined)
    throw new UsageError(
      `--workspace "${typed}": the account's workspaces are ${[...oldest.keys()].join(', ') || 'none'}`,
    );
  const same = several.filter(([first]) => first?.name === name);
  return {
    workspace,
    warnings: [
      ...same.map((one) => duplicateText('workspace', one)),
      ...(name !== undefined && workspace === undefined ? besideOthers(name, [...oldest.keys()]) : []),
    ],
  };
}

/** "A Flex project can only have a single Workspace." (https://www.twilio.com/docs/taskrouter/api/workspace, read 2026-11) */
function besideOthers(name: string, others: readonly string[]): readonly string[] {
  if (others.length === 0) return [];
  return [
    `the account has no workspace "${name}", but has ${others.map((one) => `"${one}"`).join(', ')}: where that is meant, name it with --workspace or in the configuration; a Flex account can have one alone`,
  ];
}
