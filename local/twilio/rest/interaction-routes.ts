import { isJsonObject, readJsonObject, type JsonObject } from '../json.ts';
import type { Interaction } from '../state/interaction-records.ts';
import { endChannel, startInteraction } from '../state/interactions.ts';
import type { World } from '../state/world.ts';
import { badRequest, notFound, ok, type Answer } from './answers.ts';
import { interactionOfForm } from './interaction-form.ts';
import { metaPageAnswer } from './paging.ts';
import { refuseForm } from './form-checks.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

const host = 'https://flex-api.twilio.com';
const paged = { host, largestPageSize: 1000 };
const all = '/v1/Interactions';

/** Flex's `/v1/Interactions`: create and fetch; their channels, invites and participants; the end of a channel. */
export function interactionRoutes(world: World): readonly Route[] {
  const below = (
    method: Route['method'],
    path: string,
    work: (interaction: Interaction, request: RestRequest) => Answer,
  ): Route => ({
    method,
    path: new RegExp(`^${all}/(KD[0-9a-f]{32})${path}$`),
    handle(request, [sid = '', channel]) {
      const interaction = world.interactions.get(sid);
      const isThere = interaction !== undefined && (channel === undefined || channel === interaction.channelSid);
      return isThere ? work(interaction, request) : notFound(request.path);
    },
  });
  const channel = '/Channels/(UO[0-9a-f]{32})';
  return [
    { method: 'POST', path: new RegExp(`^${all}$`), handle: ({ form }) => create(world, form) },
    below('GET', '', (interaction) => ok(interactionResource(world, interaction))),
    below('GET', '/Channels', (interaction, request) =>
      metaPageAnswer(request, 'channels', [channelResource(interaction)], paged),
    ),
    below('GET', channel, (interaction) => ok(channelResource(interaction))),
    below('POST', channel, (interaction, { form }) => updateChannel(world, interaction, form)),
    below('GET', `${channel}/Invites`, (interaction, request) => {
      const invites = interaction.task === undefined ? [] : [inviteResource(world, interaction)];
      return metaPageAnswer(request, 'invites', invites, paged);
    }),
    below('GET', `${channel}/Participants`, (interaction, request) => {
      const items = interaction.participants.map((one) => participantResource(interaction, one));
      return metaPageAnswer(request, 'participants', items, paged);
    }),
  ];
}

function create(world: World, form: URLSearchParams): Answer {
  const refused = refuseForm(form, ['Channel', 'Routing', 'InteractionContextSid', 'WebhookTtid'], ['Channel']);
  if (refused !== undefined) return refused;
  const asked = interactionOfForm(world, form);
  return asked.kind === 'refused' ? asked.answer : ok(interactionResource(world, startInteraction(world, asked.value)));
}

/** Without a task only what was asked for is known; of a task Flex answers as the invite does. */
function interactionResource(world: World, interaction: Interaction): JsonObject {
  const url = urlOf(interaction);
  return {
    sid: interaction.sid,
    channel: { type: 'sms', sid: interaction.channelSid },
    routing: { reservation: null, properties: routingProperties(world, interaction) },
    interaction_context_sid: null,
    webhook_ttid: null,
    url,
    links: { channels: `${url}/Channels` },
  };
}

function routingProperties(world: World, { task, routing }: Interaction): JsonObject {
  const { workflow, queue, channel, worker, attributes } = routing;
  const asked = {
    workspace_sid: workflow.workspaceSid,
    workflow_sid: workflow.sid,
    queue_sid: queue.sid,
    task_channel_unique_name: channel.uniqueName,
    routing_target: worker?.sid ?? null,
    attributes: task?.attributes ?? JSON.stringify(attributes),
  };
  if (task === undefined) return asked;
  const seconds = (ms: number): number => Math.floor(ms / 1000);
  const age = seconds(world.clock.now() - task.createdAtMs);
  return {
    ...asked,
    sid: task.sid,
    account_sid: world.accountSid,
    assignment_status: task.status,
    workflow_name: workflow.name,
    queue_name: queue.name,
    task_channel_sid: channel.sid,
    date_created: seconds(task.createdAtMs),
    date_updated: seconds(task.updatedAtMs),
    task_queue_entered_date: seconds(task.queueEnteredAtMs),
    ...{ age, age_in_queue: age, priority: task.priority, timeout: task.timeoutSeconds },
    ...{ assignmentCounter: 0, reason: task.reason ?? null, addons: '{}' },
  };
}

function updateChannel(world: World, interaction: Interaction, form: URLSearchParams): Answer {
  const refused = refuseForm(form, ['Status', 'Routing'], ['Status']);
  if (refused !== undefined) return refused;
  const status = form.get('Status');
  if (status !== 'closed' && status !== 'inactive') return badRequest('Status must be closed or inactive');
  const routing = readJsonObject(form.get('Routing') ?? '{}');
  const tasks = isJsonObject(routing) ? routing['status'] : undefined;
  if (status === 'inactive' && tasks !== 'closed') return badRequest('Routing.status must be closed with inactive');
  endChannel(world, interaction, status, tasks === 'closed' ? 'closed' : 'wrapping');
  return ok(channelResource(interaction));
}

function channelResource(interaction: Interaction): JsonObject {
  const url = `${urlOf(interaction)}/Channels/${interaction.channelSid}`;
  return {
    sid: interaction.channelSid,
    interaction_sid: interaction.sid,
    type: 'sms',
    status: interaction.status,
    error_code: interaction.errorCode ?? null,
    error_message: interaction.errorCode === undefined ? null : 'The interaction channel failed',
    url,
    links: {
      participants: `${url}/Participants`,
      invites: `${url}/Invites`,
      transfers: `${url}/Transfers`,
    },
  };
}

function inviteResource(world: World, interaction: Interaction): JsonObject {
  const { sid, channelSid, inviteSid } = interaction;
  return {
    ...{ sid: inviteSid, interaction_sid: sid, channel_sid: channelSid },
    routing: { reservation: null, properties: routingProperties(world, interaction) },
    url: `${urlOf(interaction)}/Channels/${channelSid}/Invites/${inviteSid}`,
  };
}

function participantResource(interaction: Interaction, one: Interaction['participants'][number]): JsonObject {
  const { sid, channelSid } = interaction;
  return {
    ...{ sid: one.sid, interaction_sid: sid, channel_sid: channelSid, type: one.type },
    routing_properties: null,
    url: `${urlOf(interaction)}/Channels/${channelSid}/Participants/${one.sid}`,
  };
}

const urlOf = ({ sid }: Interaction): string => `${host}${all}/${sid}`;
