import type { WorkspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { inWorkspace, sidOfName } from './named-things.ts';
import type { TaskChannel } from './routing-records.ts';
import type { World } from './world.ts';

/**
 * What a new workspace has. That there are such channels, and `default` and `voice` among them, is documented
 * (twilio.com/docs/taskrouter/api/task-channel and /task, read 2026-11); the whole list is not.
 */
export const defaultChannels = [
  ['default', 'Default'],
  ['voice', 'Voice'],
  ['chat', 'Programmable Chat'],
  ['sms', 'SMS'],
  ['video', 'Video'],
  ['email', 'Email'],
] as const;

export interface NewTaskChannel {
  readonly uniqueName: string;
  readonly name: string;
  readonly optimizedRouting?: boolean;
  /** A new one unless given. */
  readonly sid?: string;
}

export function createTaskChannel(world: World, workspaceSid: WorkspaceSid, made: NewTaskChannel): TaskChannel {
  const nowMs = world.clock.now();
  const { name, uniqueName, optimizedRouting = false, sid = world.sids.next('TC') } = made;
  const times = { createdAtMs: nowMs, updatedAtMs: nowMs };
  const channel: TaskChannel = { sid, workspaceSid, name, uniqueName, optimizedRouting, ...times };
  world.taskChannels.set(sid, channel);
  return channel;
}

/** By its SID or its unique name, as Twilio takes either. */
export const findTaskChannel = (world: World, workspaceSid: WorkspaceSid, word: string): TaskChannel | undefined =>
  inWorkspace(world.taskChannels, workspaceSid).find(({ sid, uniqueName }) => sid === word || uniqueName === word);

/** The channel of that unique name; where there is none it is made. */
export function channelNamed(world: World, workspaceSid: WorkspaceSid, uniqueName: string): TaskChannel {
  const sid = sidOfName(world, 'TC', workspaceSid, uniqueName);
  return (
    findTaskChannel(world, workspaceSid, uniqueName) ??
    createTaskChannel(world, workspaceSid, { uniqueName, name: uniqueName, sid })
  );
}
