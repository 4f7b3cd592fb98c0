import type { World } from './world.ts';

/** Makes a workflow that REST can create tasks in; without a SID, the same name has the same one. */
export function createWorkflow(
  world: World,
  {
    name,
    queue,
    sid = world.sids.named('WW', name),
  }: { readonly name: string; readonly queue: string; readonly sid?: string },
): string {
  world.workflows.set(sid, { sid, name, queue });
  return sid;
}

/** The SID by which everything names the workflow that a task goes through, also one that was never made for REST. */
export function workflowSid(world: World, name: string): string {
  const made = [...world.workflows.values()].find((workflow) => workflow.name === name);
  return made?.sid ?? world.sids.named('WW', name);
}
