import type { TaskSid } from '../../lambdas/shared/domain/sids.ts';
import type { NumberPair } from '../../lambdas/shared/ports/interactions.ts';
import { RefusedByTwilioError } from './refused-by-twilio-error.ts';
import { receiveSms, type InboundSms, type ReceivedSms } from './state/inbound-sms.ts';
import { endChannel, interactionOf } from './state/interactions.ts';
import { pairKey } from './state/messaging-facts.ts';
import type { World } from './state/world.ts';

/** What customers, carriers and agents do with text messages. */
export interface MessagingVerbs {
  /** A customer writes to one of the account's numbers; STOP and START are heeded. */
  receiveSms(message: InboundSms): ReceivedSms;
  /** A customer answered STOP, some time ago. */
  optOut(pair: NumberPair): void;
  /** Twilio refuses the number at once, with this code: 21211 for one that does not exist. */
  refuseNumber(number: string, code: number): void;
  /** Messages to the number are taken and do not arrive, with this code: 30006 for a landline. */
  loseMessagesTo(number: string, code: number): void;
  /** How long Flex takes for a new interaction after it has accepted it, and messages for their first receipt; 0 at the start. */
  takeTime(ms: { readonly setupMs?: number; readonly receiptMs?: number }): void;
  /** The next interaction is accepted, and fails with this code. */
  failNextInteraction(code: number): void;
  /** An agent ends the chat of the task: the conversation is closed, or left open for the next time. */
  endChat(taskSid: TaskSid, how: { readonly keepOpen: boolean }): void;
}

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
