import { exitOf, orderOfExits } from './conference-exits.ts';
import type { KnownConference, LeavingOrder } from './conference-exits.ts';
import type { EndingVocabulary } from './enrichment/enrichment-config.ts';
import { talkEndedAt } from './leg-transfers.ts';
import type { CallSid, ReservationSid } from './sids.ts';
import type { Leg, TaskRecord } from './task-record.ts';

/** Two agents whose talks end within this ended theirs together, by one hang-up that TaskRouter told of twice. */
const togetherSeconds = 2;

/** One agent's part of a call, and what is known of the call around it. */
export interface CallScene {
  readonly task: TaskRecord;
  readonly leg: Leg;
  readonly conference: KnownConference;
  readonly customerCall: CallSid | undefined;
  readonly agentCall: CallSid | undefined;
}

/** What may have happened, by its place in the team's vocabulary. */
export type EndingWord = keyof EndingVocabulary;

/** How the part of the call ended, before it is put into the team's words. */
export interface Ended {
  readonly by?: EndingWord;
  readonly followedBy?: EndingWord;
  readonly destination?: string;
}

/**
 * The named agent's part; else the only one, or the one whose talk goes on or ended last, where all acceptances are known:
 * an agent who was asked in and has left is not whom the task's own wrap-up is about. Of several such the last to accept.
 */
export function legOf(task: TaskRecord, reservationSid: ReservationSid | undefined): Leg | undefined {
  const { legs } = task;
  if (reservationSid !== undefined) return legs.find((leg) => leg.reservationSid === reservationSid);
  if (legs.length <= 1) return legs[0];
  const acceptedMs = ({ acceptedAt }: Leg): number => acceptedAt?.getTime() ?? NaN;
  const endedMs = (leg: Leg): number => talkEndedAt(leg)?.getTime() ?? Infinity;
  const lastEnd = Math.max(...legs.map(endedMs));
  const last = legs.filter((leg) => endedMs(leg) === lastEnd).toSorted((a, b) => acceptedMs(b) - acceptedMs(a))[0];
  return legs.every(({ acceptedAt }) => acceptedAt !== undefined) ? last : undefined;
}

/** Finds the customer's call and the agent's: as the task names them, else the only one so labelled in the conference. */
export function callScene(task: TaskRecord, leg: Leg, conference: KnownConference): CallScene {
  const onlyLabelled = (label: string): CallSid | undefined => {
    const found = conference.participants.filter((one) => one.label === label);
    return found.length === 1 ? found[0]?.callSid : undefined;
  };
  return {
    task,
    leg,
    conference,
    customerCall: task.customerCallSid ?? onlyLabelled('customer'),
    agentCall: leg.workerCallSid ?? (task.legs.length === 1 ? onlyLabelled('worker') : undefined),
  };
}

/** Whether this agent's talk is over, as far as anybody told. */
export function isTalkOver({ task, leg, conference, agentCall }: CallScene): boolean {
  return (
    talkEndedAt(leg) !== undefined ||
    task.endedAt !== undefined ||
    conference.state === 'ended' ||
    exitOf(conference, agentCall).kind === 'left'
  );
}

/** Whether the callbacks told that the customer left before this agent. */
export function hasCustomerGoneBefore({ conference, customerCall, agentCall }: CallScene): boolean {
  return orderOfExits(exitOf(conference, customerCall), exitOf(conference, agentCall)) === 'first';
}

/** Who of two agents left the call before the other: as the callbacks told, else by the ends of their talks. */
export function orderOfLegs({ conference }: CallScene, one: Leg, other: Leg): LeavingOrder {
  const told = orderOfExits(exitOf(conference, one.workerCallSid), exitOf(conference, other.workerCallSid));
  if (told !== 'unknown') return told;
  const [oneEnded, otherEnded] = [talkEndedAt(one), talkEndedAt(other)];
  if (oneEnded !== undefined && otherEnded !== undefined) {
    const apartSeconds = (otherEnded.getTime() - oneEnded.getTime()) / 1000;
    if (Math.abs(apartSeconds) <= togetherSeconds) return 'together';
    return apartSeconds > 0 ? 'first' : 'second';
  }
  // One talk is over and the other was not told to be: true as long as the conference runs, else perhaps only late.
  if (conference.state !== 'running' || oneEnded === otherEnded) return 'unknown';
  return oneEnded === undefined ? 'second' : 'first';
}
