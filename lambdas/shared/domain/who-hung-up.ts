import { orderOfLegs } from './call-scene.ts';
import type { CallScene, EndingWord } from './call-scene.ts';
import { exitOf, orderOfExits } from './conference-exits.ts';
import type { Exit } from './conference-exits.ts';
import type { CallSid } from './sids.ts';

/** Who hung up, where nobody passed the call on: who left first by the callbacks, else who ended the conference. */
export function whoHungUp(scene: CallScene): EndingWord | undefined {
  const { conference, customerCall, agentCall } = scene;
  const customerLeft = exitOf(conference, customerCall);
  const agentLeft = exitOf(conference, agentCall);
  switch (orderOfExits(customerLeft, agentLeft)) {
    case 'first':
      return byReason(scene, customerLeft, 'customer');
    case 'second':
      return byReason(scene, agentLeft, 'agent');
    default:
      return byEndOfConference(scene);
  }
}

/** `ReasonParticipantLeft` of the one who left first. (https://www.twilio.com/docs/voice/twiml/conference, read 2026-11) */
function byReason(scene: CallScene, exit: Exit, who: 'customer' | 'agent'): EndingWord | undefined {
  const reason = exit.kind === 'left' ? exit.reason : undefined;
  switch (reason) {
    // Twilio gives reasons since October 2023; before that, somebody had left and no more was said.
    case undefined:
    case 'participant_hung_up':
      return who;
    case 'conference_ended_via_api':
    case 'participant_updated_via_api':
      return 'system';
    case 'moderator_ended_conference':
      return partyOf(scene, scene.conference.callSidEnding);
    default:
      return undefined;
  }
}

/**
 * Says nothing of an agent whom another outlived in the call: the conference's end was not theirs.
 * (https://www.twilio.com/docs/voice/api/conference-resource, read 2026-11)
 */
function byEndOfConference(scene: CallScene): EndingWord | undefined {
  const { task, leg, conference } = scene;
  if (conference.state !== 'ended') return undefined;
  const isOutlived = task.legs.some((other) => other !== leg && orderOfLegs(scene, leg, other) === 'first');
  if (isOutlived) return undefined;
  const party = partyOf(scene, conference.callSidEnding);
  switch (conference.reasonEnded) {
    case 'participant-with-end-conference-on-exit-left':
      return party;
    case 'last-participant-left':
      return leftBefore(scene);
    case 'conference-ended-via-api':
    case 'participant-with-end-conference-on-exit-kicked':
    case 'last-participant-kicked':
      return 'system';
    default:
      return undefined;
  }
}

/** The one who stayed to the last did not hang up on the other. */
function leftBefore({ conference: { callSidEnding }, customerCall, agentCall }: CallScene): EndingWord | undefined {
  if (callSidEnding === undefined) return undefined;
  if (callSidEnding === agentCall) return 'customer';
  return callSidEnding === customerCall ? 'agent' : undefined;
}

function partyOf({ task, customerCall, agentCall }: CallScene, callSid: CallSid | undefined): EndingWord | undefined {
  if (callSid === undefined) return undefined;
  if (callSid === customerCall) return 'customer';
  const isAgents = callSid === agentCall || task.workerCalls.some((call) => call.callSid === callSid);
  return isAgents ? 'agent' : undefined;
}
