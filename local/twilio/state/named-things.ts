import type { WorkspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import type { World } from './world.ts';

interface Named {
  readonly workspaceSid: WorkspaceSid;
  readonly name: string;
}

/** Those of one workspace, oldest first. */
export const inWorkspace = <T extends { readonly workspaceSid: WorkspaceSid }>(
  things: ReadonlyMap<string, T>,
  workspaceSid: WorkspaceSid,
): readonly T[] => [...things.values()].filter((one) => one.workspaceSid === workspaceSid);

export function byName<T extends Named>(
  things: ReadonlyMap<string, T>,
  workspaceSid: WorkspaceSid,
  name: string,
): T | undefined {
  for (const one of things.values()) if (one.name === name && one.workspaceSid === workspaceSid) return one;
  return undefined;
}

/** The same name has the same SID in every run; in the workspace of the stage the one that it always had. */
export const sidOfName = (world: World, prefix: string, workspaceSid: WorkspaceSid, name: string): string =>
  world.sids.named(prefix, workspaceSid === world.workspaceSid ? name : `${workspaceSid}/${name}`);
