import type { JsonObject } from '../json.ts';
import { inWorkspace } from '../state/named-things.ts';
import type { TaskChannel, Workspace } from '../state/routing-records.ts';
import { createTaskChannel, findTaskChannel } from '../state/task-channels.ts';
import type { World } from '../state/world.ts';
import { badRequest, gone, notFound, ok, type Answer } from './answers.ts';
import { firstFault, isTrue, missing, nameFault, refuseForm } from './form-checks.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';
import { nameIsTaken, workspaceRoute, workspaceUrl } from './workspace-path.ts';

/** `/v1/Workspaces/{WS}/TaskChannels`; one is named by its SID or its unique name, which never changes. */
export function taskChannelRoutes(world: World): readonly Route[] {
  const one = (method: Route['method'], work: (channel: TaskChannel, request: RestRequest) => Answer): Route =>
    workspaceRoute(world, method, '/TaskChannels/([^/]+)', (workspace, request, [word = '']) => {
      const channel = findTaskChannel(world, workspace.sid, decodeURIComponent(word));
      return channel === undefined ? notFound(request.path) : work(channel, request);
    });
  return [
    workspaceRoute(world, 'GET', '/TaskChannels', ({ sid }, request) => {
      const items = inWorkspace(world.taskChannels, sid).map((channel) => channelResource(world, channel));
      return metaPageAnswer(request, 'channels', items);
    }),
    workspaceRoute(world, 'POST', '/TaskChannels', (workspace, request) => create(world, workspace, request)),
    one('GET', (channel) => ok(channelResource(world, channel))),
    one('POST', (channel, request) => update(world, channel, request)),
    one('DELETE', (channel) => {
      world.taskChannels.delete(channel.sid);
      return gone;
    }),
  ];
}

function create(world: World, { sid }: Workspace, { form }: RestRequest): Answer {
  const name = form.get('FriendlyName');
  const uniqueName = form.get('UniqueName');
  if (name === null) return missing('FriendlyName');
  if (uniqueName === null) return missing('UniqueName');
  const fault = firstFault(
    refuseForm(form, ['FriendlyName', 'UniqueName', 'ChannelOptimizedRouting'], []),
    nameFault(name),
    uniqueName === '' ? badRequest('UniqueName must not be empty') : undefined,
    findTaskChannel(world, sid, uniqueName) && nameIsTaken(world, 'TaskChannel', uniqueName, sid),
  );
  if (fault !== undefined) return fault;
  const optimizedRouting = isTrue(form.get('ChannelOptimizedRouting') ?? 'false');
  return ok(channelResource(world, createTaskChannel(world, sid, { name, uniqueName, optimizedRouting })), 201);
}

function update(world: World, channel: TaskChannel, { form }: RestRequest): Answer {
  const name = form.get('FriendlyName') ?? channel.name;
  const optimized = form.get('ChannelOptimizedRouting');
  const fault = firstFault(refuseForm(form, ['FriendlyName', 'ChannelOptimizedRouting'], []), nameFault(name));
  if (fault !== undefined) return fault;
  channel.name = name;
  if (optimized !== null) channel.optimizedRouting = isTrue(optimized);
  channel.updatedAtMs = world.clock.now();
  return ok(channelResource(world, channel));
}

function channelResource(world: World, channel: TaskChannel): JsonObject {
  const workspace = workspaceUrl(channel.workspaceSid);
  return {
    account_sid: world.accountSid,
    date_created: isoSeconds(channel.createdAtMs),
    date_updated: isoSeconds(channel.updatedAtMs),
    friendly_name: channel.name,
    sid: channel.sid,
    unique_name: channel.uniqueName,
    workspace_sid: channel.workspaceSid,
    channel_optimized_routing: channel.optimizedRouting,
    url: `${workspace}/TaskChannels/${channel.sid}`,
    links: { workspace },
  };
}
