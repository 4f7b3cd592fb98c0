import type { CallScene, Ended } from './call-scene.ts';
import { exitOf, exitOfParticipant, orderOfExits } from './conference-exits.ts';
import type { Exit, KnownConference } from './conference-exits.ts';
import { compareMoments } from './conference-life.ts';
import type { ConferenceMoment } from './conference-life.ts';
import type { ConferenceParticipant } from './conference-record.ts';
import { isE164 } from './e164.ts';

/** Labels of those who are ours. */
const insiders: ReadonlySet<string> = new Set(['customer', 'worker', 'agent', 'supervisor']);

/** The customer stayed with somebody from outside when the agent left; only the callbacks can tell. */
export function externalTransfer(scene: CallScene): Ended | undefined {
  const { task, conference, customerCall, agentCall } = scene;
  const agentLeft = exitOf(conference, agentCall);
  const customerLeft = exitOf(conference, customerCall);
  if (agentLeft.kind !== 'left' || orderOfExits(agentLeft, customerLeft) !== 'first') return undefined;
  const ours = [customerCall, agentCall, ...task.workerCalls.map(({ callSid }) => callSid)];
  const stayed = conference.participants
    .filter(({ callSid, label }) => !ours.includes(callSid) && !insiders.has(label?.toLowerCase() ?? ''))
    .filter((outsider) => isWithCustomerAfter(outsider, agentLeft, customerLeft, conference))
    .sort((a, b) => compareMoments(joinedMoment(a), joinedMoment(b)))
    .at(-1);
  if (stayed === undefined) return undefined;
  const isWarm = compareMoments(joinedMoment(stayed), agentLeft.moment) <= 0;
  const { label } = stayed;
  return {
    by: isWarm ? 'externalWarmTransfer' : 'externalColdTransfer',
    followedBy: 'externalTransfer',
    ...(label !== undefined && isE164(label) && { destination: label }),
  };
}

function isWithCustomerAfter(
  outsider: ConferenceParticipant,
  agentLeft: Extract<Exit, { readonly kind: 'left' }>,
  customerLeft: Exit,
  conference: KnownConference,
): boolean {
  if (outsider.joinedAt === undefined) return false;
  const outsiderLeft = exitOfParticipant(conference, outsider);
  if (outsiderLeft.kind === 'left' && compareMoments(outsiderLeft.moment, agentLeft.moment) <= 0) return false;
  return customerLeft.kind !== 'left' || compareMoments(joinedMoment(outsider), customerLeft.moment) < 0;
}

function joinedMoment({ joinedAt, joinedSequence }: ConferenceParticipant): ConferenceMoment {
  return { at: joinedAt ?? new Date(0), sequence: joinedSequence };
}
