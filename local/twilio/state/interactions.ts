import { conversationSid } from '../../../lambdas/shared/domain/sids.ts';
import type { ConversationSid } from '../../../lambdas/shared/domain/sids.ts';
import type { NumberPair } from '../../../lambdas/shared/ports/interactions.ts';
import type { JsonObject } from '../json.ts';
import { attributesFault } from './attributes.ts';
import { joinConversation, setConversationState, startConversation } from './conversation-life.ts';
import type { Interaction, NewInteraction } from './interaction-records.ts';
import { openConversationWith } from './open-conversations.ts';
import { reserve, wrapUp } from './reservation-life.ts';
import { cancelTask, completeTask, enterTask } from './task-life.ts';
import { liveTask } from './task.ts';
import type { World } from './world.ts';

/** https://www.twilio.com/docs/api/errors/50416 and /45354 (read 2026-11) */
const PAIR_IS_BOUND = 50_416;
const CONVERSATION_IS_CLOSED = 45_354;
/** What Twilio answers where the agent is not available is documented nowhere; this is its code for what does not fit together. */
const CHANNEL_INVALID = 19_025;

/** Accepts it; what it is made of is made `setupMs` later by the clock. */
export function startInteraction(world: World, { initiatedBy, routing, media }: NewInteraction): Interaction {
  const interaction: Interaction = {
    sid: world.sids.next('KD'),
    channelSid: world.sids.next('UO'),
    inviteSid: world.sids.next('KG'),
    participants: [],
    status: 'setup',
    ...{ initiatedBy, routing },
  };
  world.interactions.set(interaction.sid, interaction);
  const { setupMs } = world.messaging;
  if (setupMs === 0) setUp(world, interaction, media);
  else world.appointments.after(setupMs, () => setUp(world, interaction, media));
  return interaction;
}

function setUp(world: World, interaction: Interaction, media: NewInteraction['media']): void {
  const fault = setUpFault(world, interaction, media);
  if (fault !== undefined) return fail(interaction, fault);
  const sid = 'pair' in media ? newConversation(world, media.pair) : media.conversationSid;
  interaction.conversationSid = sid;
  interaction.participants.push({ sid: world.sids.next('UT'), type: 'customer' });
  const { workflow, queue, channel, worker } = interaction.routing;
  const attributes = JSON.stringify(withFlexFields(interaction, sid));
  if (attributesFault(attributes) !== undefined) return fail(interaction, CHANNEL_INVALID);
  const { workspaceSid } = workflow;
  const target = worker === undefined ? {} : { routingTarget: worker.sid };
  interaction.task = enterTask(world, { workspaceSid, workflow, queue, channel, attributes, ...target });
  interaction.status = 'active';
  if (worker !== undefined) reserve(world, interaction.task.sid, worker.sid);
}

function setUpFault(world: World, { routing }: Interaction, media: NewInteraction['media']): number | undefined {
  const { nextSetupFails } = world.messaging;
  delete world.messaging.nextSetupFails;
  if (nextSetupFails !== undefined) return nextSetupFails;
  if ('pair' in media && openConversationWith(world, media.pair) !== undefined) return PAIR_IS_BOUND;
  if ('conversationSid' in media) {
    const state = world.conversations.get(media.conversationSid)?.state ?? 'closed';
    if (state === 'closed') return CONVERSATION_IS_CLOSED;
  }
  return routing.worker === undefined || routing.worker.activity.available ? undefined : CHANNEL_INVALID;
}

function fail(interaction: Interaction, errorCode: number): void {
  interaction.status = 'failed';
  interaction.errorCode = errorCode;
}

function newConversation(world: World, pair: NumberPair): ConversationSid {
  const sid = startConversation(world);
  joinConversation(world, sid, pair);
  return sid;
}

/** As in Twilio's example of an agent's interaction. (twilio.com/docs/flex/developer/conversations/interactions-api, read 2026-11) */
function withFlexFields(interaction: Interaction, sid: ConversationSid): JsonObject {
  const { initiatedBy, routing } = interaction;
  const direction = initiatedBy === 'agent' ? 'outbound' : 'inbound';
  return {
    direction,
    ...routing.attributes,
    flexInteractionSid: interaction.sid,
    flexInteractionChannelSid: interaction.channelSid,
    flexChannelInviteSid: interaction.inviteSid,
    conversationSid: sid,
    channelType: 'sms',
    initiatedBy,
    conversations: {
      initiated_by: initiatedBy,
      conversation_id: interaction.sid,
      media: [{ type: 'ChatTranscript', sid }],
    },
  };
}

/** `closed` ends the conversation with its tasks, `inactive` the tasks alone, as an agent does who lets it stay open. */
export function endChannel(
  world: World,
  interaction: Interaction,
  status: 'closed' | 'inactive',
  tasks: 'closed' | 'wrapping',
): void {
  const { conversationSid: sid } = interaction;
  interaction.status = status;
  if (status === 'closed' && sid !== undefined && world.conversations.has(conversationSid(sid)))
    setConversationState(world, sid, 'closed');
  const task = interaction.task && liveTask(world, interaction.task.sid);
  if (task === undefined || task.endedAtMs !== undefined) return;
  const accepted = task.reservations.filter((one) => one.status === 'accepted');
  if (tasks === 'wrapping') return accepted.forEach(({ sid: reservation }) => wrapUp(world, reservation));
  if (task.status === 'assigned' || task.status === 'wrapping') completeTask(world, task.sid, 'completed');
  else cancelTask(world, task.sid, 'canceled');
}

/** The interaction whose task it is. */
export function interactionOf(world: World, taskSid: string): Interaction | undefined {
  return [...world.interactions.values()].find(({ task }) => task?.sid === taskSid);
}
