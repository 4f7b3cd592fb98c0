import { compareText } from './compare-text.ts';
import type { ConferenceParticipant, ConferenceRecord } from './conference-record.ts';
import { earlier } from './seconds-after.ts';
import type { CallSid, ConferenceSid } from './sids.ts';

/** What one conference callback says. `sequence` orders the callbacks of a conference; `occurredAt` has whole seconds. */
export type ConferenceEvent = {
  readonly conferenceSid: ConferenceSid;
  readonly occurredAt: Date;
  readonly sequence?: number;
} & (
  | { readonly kind: 'participant-join'; readonly callSid: CallSid; readonly label?: string }
  | {
      readonly kind: 'participant-leave';
      readonly callSid: CallSid;
      readonly label?: string;
      readonly reasonLeft?: string;
    }
  | { readonly kind: 'conference-end'; readonly reasonEnded?: string; readonly callSidEnding?: CallSid }
);

/** A moment in a conference: its place among the callbacks where Twilio numbered it, else its time. */
export interface ConferenceMoment {
  readonly at: Date;
  readonly sequence?: number | undefined;
}

/** A conference of which nothing is known but its SID. */
export function newConference(conferenceSid: ConferenceSid): ConferenceRecord {
  return { conferenceSid, version: 0, participants: [] };
}

/**
 * What is known of a conference after one more callback, in whatever order and however often they come: of a
 * participant the last coming and the last leaving, of the conference its end.
 */
export function applyConferenceEvent(record: ConferenceRecord, event: ConferenceEvent): ConferenceRecord {
  if (event.kind !== 'conference-end') return { ...record, participants: participantsAfter(record, event) };
  const reasonEnded = smaller(record.reasonEnded, event.reasonEnded);
  const callSidEnding = smaller(record.callSidEnding, event.callSidEnding);
  return {
    ...record,
    endedAt: earlier(record.endedAt, event.occurredAt),
    ...(reasonEnded !== undefined && { reasonEnded }),
    ...(callSidEnding !== undefined && { callSidEnding }),
  };
}

/** Negative where the first of two moments came first, 0 where nobody can say. */
export function compareMoments(one: ConferenceMoment, other: ConferenceMoment): number {
  if (one.sequence !== undefined && other.sequence !== undefined) return one.sequence - other.sequence;
  return one.at.getTime() - other.at.getTime();
}

/** The last thing that is known to have happened in the conference; undefined when nothing is. */
export function lastHeardOf(record: ConferenceRecord): Date | undefined {
  const times = [record.endedAt, ...record.participants.flatMap(({ joinedAt, leftAt }) => [joinedAt, leftAt])];
  return times.reduce((last, time) => (last === undefined || (time !== undefined && time > last) ? time : last));
}

type ParticipantEvent = Exclude<ConferenceEvent, { readonly kind: 'conference-end' }>;

function participantsAfter(record: ConferenceRecord, event: ParticipantEvent): readonly ConferenceParticipant[] {
  const { callSid } = event;
  const before = record.participants.find((participant) => participant.callSid === callSid) ?? { callSid };
  const label = smaller(before.label, event.label);
  const labelled = { ...before, ...(label !== undefined && { label }) };
  const after = event.kind === 'participant-join' ? withJoin(labelled, event) : withLeave(labelled, event);
  const others = record.participants.filter((participant) => participant.callSid !== callSid);
  return [...others, after].sort((a, b) => compareText(a.callSid, b.callSid));
}

function withJoin(participant: ConferenceParticipant, event: ParticipantEvent): ConferenceParticipant {
  const { joinedAt, joinedSequence, ...rest } = participant;
  const isLater = joinedAt === undefined || rank({ at: joinedAt, sequence: joinedSequence }, momentOf(event)) < 0;
  if (!isLater) return participant;
  const { occurredAt, sequence } = event;
  return { ...rest, joinedAt: occurredAt, ...(sequence !== undefined && { joinedSequence: sequence }) };
}

function withLeave(
  participant: ConferenceParticipant,
  event: Extract<ParticipantEvent, { readonly kind: 'participant-leave' }>,
): ConferenceParticipant {
  const { leftAt, leftSequence, reasonLeft, ...rest } = participant;
  const order = leftAt === undefined ? -1 : rank({ at: leftAt, sequence: leftSequence }, momentOf(event));
  if (order > 0) return participant;
  const reason = order === 0 ? smaller(reasonLeft, event.reasonLeft) : event.reasonLeft;
  const { occurredAt, sequence } = event;
  return {
    ...rest,
    leftAt: occurredAt,
    ...(sequence !== undefined && { leftSequence: sequence }),
    ...(reason !== undefined && { reasonLeft: reason }),
  };
}

function momentOf({ occurredAt, sequence }: ParticipantEvent): ConferenceMoment {
  return { at: occurredAt, sequence };
}

/** Which of two comings, or leavings, of one participant is kept: a total order, so that it is the same in every order. */
function rank(one: ConferenceMoment, other: ConferenceMoment): number {
  return (one.sequence ?? -1) - (other.sequence ?? -1) || one.at.getTime() - other.at.getTime();
}

/** Of two texts for one fact always the same one, whichever came first. */
function smaller<Text extends string>(one: Text | undefined, other: Text | undefined): Text | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return compareText(one, other) <= 0 ? one : other;
}
