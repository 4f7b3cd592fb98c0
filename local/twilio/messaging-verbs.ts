import type { MessagingVerbs } from './messaging.ts';
import { RefusedByTwilioError } from './refused-by-twilio-error.ts';
import { receiveSms } from './state/inbound-sms.ts';
import { endChannel, interactionOf } from './state/interactions.ts';
import { pairKey } from './state/messaging-facts.ts';
import type { World } from './state/world.ts';

export function messagingOf(world: World): MessagingVerbs {
  const { messaging } = world;
  return {
    receiveSms: (message) => receiveSms(world, message),
    optOut: (pair) => void messaging.optedOut.add(pairKey(pair)),
    refuseNumber: (number, code) => void messaging.refusedNumbers.set(number, code),
    loseMessagesTo: (number, code) => void messaging.unreachableNumbers.set(number, code),
    takeTime: (ms) => void Object.assign(messaging, ms),
    failNextInteraction(code) {
      messaging.nextSetupFails = code;
    },
    endChat(taskSid, { keepOpen }) {
      const interaction = interactionOf(world, taskSid);
      if (interaction === undefined) throw new RefusedByTwilioError(`task ${taskSid} is none of an interaction`);
      endChannel(world, interaction, keepOpen ? 'inactive' : 'closed', 'closed');
    },
  };
}
