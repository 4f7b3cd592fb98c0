import * as z from 'zod/mini';
import { conversationSid, interactionChannelSid, interactionSid, taskSid } from '../../domain/sids.ts';
import type { InteractionChannelSid, InteractionSid, WorkspaceSid } from '../../domain/sids.ts';
import { parseTaskAttributes } from '../../domain/task-attributes.ts';
import type { OutboundSms } from '../../messages/outbound-sms-text.ts';
import type { InteractionIds, Interactions, NewInteraction } from '../../ports/interactions.ts';
import type { TwilioAnswer, TwilioClient, TwilioRequest } from './twilio-client.ts';
import { readJson } from './twilio-failures.ts';
import { sidOf } from './twilio-fields.ts';
import { isRefused, nothingDone, refusalIn } from './twilio-refusals.ts';

/** Somebody waits with the telephone in their hand. */
const TIMEOUT_SECONDS = 4;
const all = 'https://flex-api.twilio.com/v1/Interactions';

/**
 * Of `channel` and `routing` Twilio's OpenAPI files say nothing, and the examples in its pages are said not to be what it
 * answers, so what is in them is looked for and not relied on.
 * (https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions, read 2026-11)
 */
const interactionResource = z.object({
  sid: sidOf(interactionSid),
  channel: z.optional(z.unknown()),
  routing: z.optional(z.unknown()),
});
const channelPart = z.object({ sid: sidOf(interactionChannelSid) });
const routingPart = z.object({ properties: z.object({ sid: sidOf(taskSid), attributes: z.optional(z.unknown()) }) });

const channelPage = z.object({
  channels: z.array(
    z.object({
      sid: sidOf(interactionChannelSid),
      status: z.nullish(z.string()),
      error_code: z.nullish(z.number()),
    }),
  ),
});
const invitePage = z.object({ invites: z.array(z.object({ routing: z.optional(z.unknown()) })) });

/** The interactions that are routed as `settings` say, by Flex's REST API. */
export function twilioInteractions(
  client: TwilioClient,
  workspace: WorkspaceSid,
  settings: Pick<OutboundSms, 'workflowSid' | 'queueSid' | 'taskChannel'>,
): Interactions {
  return {
    start: (interaction) => start(client, interaction, { workspace, settings }),
    channel: (sid) => firstChannel(client, sid),
    invitedTask: (sid, channel) => invitedTask(client, sid, channel),
  };
}

interface Routing {
  readonly workspace: WorkspaceSid;
  readonly settings: Pick<OutboundSms, 'workflowSid' | 'queueSid' | 'taskChannel'>;
}

async function start(
  client: TwilioClient,
  interaction: NewInteraction,
  { workspace, settings }: Routing,
): ReturnType<Interactions['start']> {
  const routing = {
    properties: {
      workspace_sid: workspace,
      workflow_sid: settings.workflowSid,
      queue_sid: settings.queueSid,
      worker_sid: interaction.workerSid,
      task_channel_unique_name: settings.taskChannel,
      attributes: interaction.attributes,
    },
  };
  const ask = (channel: object): TwilioRequest => ({
    method: 'POST',
    url: new URL(all),
    form: { Channel: JSON.stringify(channel), Routing: JSON.stringify(routing) },
    timeoutSeconds: TIMEOUT_SECONDS,
    expects: nothingDone,
  });
  const [channel, otherwise] = channelsOf(interaction);
  const request = ask(channel);
  const answer = await client.send(request);
  if (!isRefused(answer)) return startedBy(request, answer);
  if (answer.status !== 400 || otherwise === undefined) return refusalIn(answer);
  const again = ask(otherwise);
  const other = await client.send(again);
  // What was said of the first way is what is known to work.
  return isRefused(other) ? refusalIn(answer) : startedBy(again, other);
}

function startedBy(request: TwilioRequest, { body }: TwilioAnswer): { readonly kind: 'started' } & InteractionIds {
  return { kind: 'started', ...idsOf(readJson(request, interactionResource, body)) };
}

/**
 * Flex makes a conversation with these participants, or takes the one that is named. Twilio's page on interactions shows
 * that for a customer's alone, wants participants of an agent's and says that it makes a conversation; its page on a pair
 * that is bound elsewhere says of an outbound one to create the conversation first
 * (https://www.twilio.com/docs/api/errors/80102, read 2026-11), and those who build on Flex name it alone. UNCONFIRMED is
 * which of the two Twilio takes: where it refuses the one alone, both are named.
 * (github.com/bc-jackpickering/plugin-outbound-cbm, createOutboundFlexConversation, read 2026-11)
 */
function channelsOf({ pair, conversationSid: into }: NewInteraction): readonly [object, object?] {
  const begun = { type: 'sms', initiated_by: 'agent' };
  const withPair = { ...begun, participants: [{ address: pair.address, proxy_address: pair.proxyAddress }] };
  if (into === undefined) return [withPair];
  const properties = { media_channel_sid: into };
  return [
    { ...begun, properties },
    { ...withPair, properties },
  ];
}

function idsOf(resource: z.output<typeof interactionResource>): InteractionIds {
  const channel = z.safeParse(channelPart, resource.channel).data;
  const task = z.safeParse(routingPart, resource.routing).data?.properties;
  const conversation = conversationIn(task?.attributes);
  return {
    interactionSid: resource.sid,
    ...(channel !== undefined && { channelSid: channel.sid }),
    ...(task !== undefined && { taskSid: task.sid }),
    ...(conversation !== undefined && { conversationSid: conversation }),
  };
}

function conversationIn(attributes: unknown): InteractionIds['conversationSid'] {
  const parsed = typeof attributes === 'string' ? parseTaskAttributes(attributes) : undefined;
  const sid = parsed?.kind === 'object' ? parsed.attributes['conversationSid'] : undefined;
  return conversationSid.is(sid) ? sid : undefined;
}

async function firstChannel(client: TwilioClient, sid: InteractionSid): ReturnType<Interactions['channel']> {
  const request = list(`${all}/${sid}/Channels`);
  const answer = await client.send(request);
  if (isRefused(answer)) return undefined;
  const [channel] = readJson(request, channelPage, answer.body).channels;
  if (channel === undefined) return undefined;
  const { error_code: errorCode } = channel;
  return {
    channelSid: channel.sid,
    isFailed: channel.status === 'failed',
    ...(typeof errorCode === 'number' && { errorCode }),
  };
}

async function invitedTask(
  client: TwilioClient,
  sid: InteractionSid,
  channel: InteractionChannelSid,
): ReturnType<Interactions['invitedTask']> {
  const request = list(`${all}/${sid}/Channels/${channel}/Invites`);
  const answer = await client.send(request);
  if (isRefused(answer)) return undefined;
  const { invites } = readJson(request, invitePage, answer.body);
  return invites
    .map(({ routing }) => z.safeParse(routingPart, routing).data?.properties.sid)
    .find((task) => task !== undefined);
}

/** What is made a moment later is not there yet: that is 404 and no fault. */
function list(address: string): TwilioRequest {
  return { method: 'GET', url: new URL(address), timeoutSeconds: TIMEOUT_SECONDS, expects: [404] };
}
