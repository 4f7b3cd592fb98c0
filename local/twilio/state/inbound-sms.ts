import type { ConversationSid } from '../../../lambdas/shared/domain/sids.ts';
import type { InboundSms, ReceivedSms } from '../messaging.ts';
import { addressConfigurationOf } from './address-configurations.ts';
import { joinConversation, sayInConversation, setConversationState, startConversation } from './conversation-life.ts';
import { startInteraction } from './interactions.ts';
import { heedKeyword } from './messaging-facts.ts';
import { openConversationWith } from './open-conversations.ts';
import { channelNamed } from './task-channels.ts';
import { queueNamed } from './task-queues.ts';
import { workflowNamed } from './workflow.ts';
import { homeWorkspace } from './workspaces.ts';
import type { World } from './world.ts';

/**
 * A text from a customer: into the open conversation of the pair; without one, as the number's address configuration says.
 * (twilio.com/docs/conversations/inbound-autocreation, read 2026-11)
 *
 * With autocreation of the type `studio` it begins a task, as a flow does that ends in Send to Flex.
 */
export function receiveSms(world: World, { from, to, body }: InboundSms): ReceivedSms {
  const pair = { address: from, proxyAddress: to };
  heedKeyword(world.messaging, pair, body);
  const open = openConversationWith(world, pair);
  if (open !== undefined) {
    const by = open.participants.find((one) => one.address === from && one.proxyAddress === to)?.sid;
    sayInConversation(world, open.sid, { body, ...(by !== undefined && { by }) });
    if (open.state === 'inactive') setConversationState(world, open.sid, 'active');
    return { conversationSid: open.sid, isNewConversation: false };
  }
  const autoCreation = addressConfigurationOf(world, to)?.autoCreation;
  if (autoCreation?.enabled !== true) return { isNewConversation: false };
  const conversationSid = startConversation(world);
  sayInConversation(world, conversationSid, { body, by: joinConversation(world, conversationSid, pair) });
  const received = { conversationSid, isNewConversation: true };
  return autoCreation.type === 'studio' ? { ...received, ...sendToFlex(world, conversationSid, from) } : received;
}

/** As a flow's widget does it: to everyone, and whoever takes it first. */
function sendToFlex(world: World, conversationSid: ConversationSid, from: string): Pick<ReceivedSms, 'taskSid'> {
  const { sid } = homeWorkspace(world);
  const queue = queueNamed(world, sid, 'Everyone');
  const interaction = startInteraction(world, {
    initiatedBy: 'customer',
    media: { conversationSid },
    routing: {
      queue,
      workflow: workflowNamed(world, sid, 'Assign to Anyone', queue),
      channel: channelNamed(world, sid, 'sms'),
      attributes: { from, name: from, customerAddress: from, customerName: from },
    },
  });
  return interaction.task === undefined ? {} : { taskSid: interaction.task.sid };
}
