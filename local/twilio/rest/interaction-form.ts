import { conversationSid, workerSid } from '../../../lambdas/shared/domain/sids.ts';
import { isJsonObject, readJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { InteractionRouting, NewInteraction } from '../state/interaction-records.ts';
import { findTaskChannel } from '../state/task-channels.ts';
import type { World } from '../state/world.ts';
import { badRequest, errorAnswer, type Answer } from './answers.ts';

type Read<T> = { readonly kind: 'read'; readonly value: T } | { readonly kind: 'refused'; readonly answer: Answer };

const read = <T>(value: T): Read<T> => ({ kind: 'read', value });
const refused = (message: string): Read<never> => ({ kind: 'refused', answer: badRequest(message) });

/** Keys of the two JSON texts; any other is refused here, as a misspelt form field is. */
const channelKeys: readonly string[] = ['type', 'initiated_by', 'participants', 'properties'];
const routingKeys: readonly string[] = [
  ...['workspace_sid', 'workflow_sid', 'queue_sid', 'worker_sid', 'task_channel_unique_name', 'task_channel_sid'],
  ...['attributes', 'priority', 'timeout'],
];

/**
 * What a new interaction is made of. "Agent: queue_sid and worker_sid are required", and a conversation or whom to make one
 * with. (twilio.com/docs/flex/developer/conversations/interactions-api/interactions, read 2026-11)
 */
export function interactionOfForm(world: World, form: URLSearchParams): Read<NewInteraction> {
  const channel = readJsonObject(form.get('Channel') ?? '');
  const routing = readJsonObject(form.get('Routing') ?? '');
  if (channel === undefined || routing === undefined) return refused('Channel and Routing must be JSON objects');
  const properties = objectAt(routing, 'properties');
  const unknown = [
    ...Object.keys(channel).filter((key) => !channelKeys.includes(key)),
    ...Object.keys(routing).filter((key) => key !== 'properties'),
    ...Object.keys(properties).filter((key) => !routingKeys.includes(key)),
  ];
  if (unknown.length > 0) return refused(`Unknown keys in Channel or Routing: ${unknown.join(', ')}`);
  const { initiated_by: initiatedBy } = channel;
  if (channel['type'] !== 'sms') return refused('Channel.type must be sms here');
  if (initiatedBy !== 'agent' && initiatedBy !== 'customer')
    return refused('Channel.initiated_by must be agent or customer here');
  const media = mediaOf(world, channel);
  if (media.kind === 'refused') return media;
  const way = routingOf(world, properties, initiatedBy);
  if (way.kind === 'refused') return way;
  return read({ initiatedBy, routing: way.value, media: media.value });
}

function mediaOf(world: World, channel: JsonObject): Read<NewInteraction['media']> {
  const { media_channel_sid: media } = objectAt(channel, 'properties');
  if (conversationSid.is(media)) {
    if (world.conversations.has(media)) return read({ conversationSid: media });
    return refused('Channel.properties.media_channel_sid names no conversation');
  }
  const { participants } = channel;
  const first = isList(participants) ? participants[0] : undefined;
  const { address, proxy_address: proxyAddress } = isJsonObject(first) ? first : {};
  if (typeof address !== 'string' || typeof proxyAddress !== 'string')
    return refused('Channel.participants must name an address and a proxy_address');
  const code = [address, proxyAddress].map((one) => world.messaging.refusedNumbers.get(one)).find((one) => one);
  if (code !== undefined) return { kind: 'refused', answer: errorAnswer(400, code, 'The number is refused') };
  return read({ pair: { address, proxyAddress } });
}

function routingOf(
  world: World,
  properties: JsonObject,
  initiatedBy: NewInteraction['initiatedBy'],
): Read<InteractionRouting> {
  const workflow = world.workflows.get(textAt(properties, 'workflow_sid'));
  if (workflow === undefined || workflow.workspaceSid !== properties['workspace_sid'])
    return refused('Routing.properties.workflow_sid names no workflow of the workspace');
  const queue = world.taskQueues.get(textAt(properties, 'queue_sid'));
  const worker = properties['worker_sid'];
  const agent = workerSid.is(worker) ? world.workers.get(worker) : undefined;
  const { workspaceSid } = workflow;
  if (queue?.workspaceSid !== workspaceSid) return refused('Routing.properties.queue_sid names no queue');
  if (initiatedBy === 'agent' && agent?.workspaceSid !== workspaceSid)
    return refused('Routing.properties.worker_sid names no worker of the workspace');
  const channel = findTaskChannel(world, workspaceSid, textAt(properties, 'task_channel_unique_name'));
  if (channel === undefined) return refused('Routing.properties.task_channel_unique_name names no task channel');
  const attributes = objectAt(properties, 'attributes');
  return read({ workflow, queue, channel, attributes, ...(agent !== undefined && { worker: agent }) });
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function objectAt(parent: JsonObject, key: string): JsonObject {
  const value: JsonValue | undefined = parent[key];
  return isJsonObject(value) ? value : {};
}

function textAt(parent: JsonObject, key: string): string {
  const value = parent[key];
  return typeof value === 'string' ? value : '';
}
