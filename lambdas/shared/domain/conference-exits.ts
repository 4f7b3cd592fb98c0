import { compareMoments } from './conference-life.ts';
import type { ConferenceMoment } from './conference-life.ts';
import type { ConferenceParticipant, ConferenceRecord } from './conference-record.ts';
import type { CallSid } from './sids.ts';

/** A conference as Twilio's resource describes it. */
export interface ConferenceFacts {
  readonly status: string;
  /** `reason_conference_ended`, such as `last-participant-left`. */
  readonly reasonEnded?: string;
  readonly callSidEnding?: CallSid;
}

/** What both tell of one conference: its resource, and the callbacks where the team's plug-in sends them. */
export interface KnownConference {
  readonly state: 'running' | 'ended' | 'unknown';
  /** With `ended`, in hyphens. */
  readonly reasonEnded?: string | undefined;
  /** With `ended`. */
  readonly callSidEnding?: CallSid | undefined;
  readonly participants: readonly ConferenceParticipant[];
}

/** Puts both together. The resource comes first where both know; whoever could not be added to the call was never in it. */
export function knownConference(
  resource: ConferenceFacts | undefined,
  record: ConferenceRecord | undefined,
): KnownConference {
  const participants = (record?.participants ?? []).filter(({ reasonLeft }) => reasonLeft !== 'participant_add_failed');
  if (resource?.status !== 'completed' && record?.endedAt === undefined)
    return { state: resource === undefined ? 'unknown' : 'running', participants };
  return {
    state: 'ended',
    reasonEnded: (resource?.reasonEnded ?? record?.reasonEnded)?.replaceAll('_', '-'),
    callSidEnding: resource?.callSidEnding ?? record?.callSidEnding,
    participants,
  };
}

/** Whether somebody is known to have left; `unknown` also for one who must have, because the conference is over. */
export type Exit =
  | { readonly kind: 'left'; readonly moment: ConferenceMoment; readonly reason?: string | undefined }
  | { readonly kind: 'present' }
  | { readonly kind: 'unknown' };

/** The exit of a call's participant; `unknown` for a call that nobody told of. */
export function exitOf(conference: KnownConference, callSid: CallSid | undefined): Exit {
  const participant = conference.participants.find((one) => one.callSid === callSid);
  return participant === undefined ? { kind: 'unknown' } : exitOfParticipant(conference, participant);
}

export function exitOfParticipant(conference: KnownConference, participant: ConferenceParticipant): Exit {
  const { joinedAt, joinedSequence, leftAt, leftSequence, reasonLeft } = participant;
  const left = leftAt === undefined ? undefined : { at: leftAt, sequence: leftSequence };
  const joined = joinedAt === undefined ? undefined : { at: joinedAt, sequence: joinedSequence };
  const isBack = left !== undefined && joined !== undefined && compareMoments(left, joined) < 0;
  if (left !== undefined && !isBack) return { kind: 'left', moment: left, reason: reasonLeft };
  return { kind: conference.state === 'ended' ? 'unknown' : 'present' };
}

/** Which of two left before the other, or alone; `together` where they cannot be told apart. */
export type LeavingOrder = 'first' | 'second' | 'together' | 'unknown';

/** Who of two left first; somebody who is still there leaves after one who has left. */
export function orderOfExits(one: Exit, other: Exit): LeavingOrder {
  if (one.kind === 'left' && other.kind === 'present') return 'first';
  if (one.kind === 'present' && other.kind === 'left') return 'second';
  if (one.kind !== 'left' || other.kind !== 'left') return 'unknown';
  const order = compareMoments(one.moment, other.moment);
  if (order === 0) return 'together';
  return order < 0 ? 'first' : 'second';
}
