import type { CallSid, ConferenceSid } from './sids.ts';

/** Somebody in a conference, as its status callbacks told. */
export interface ConferenceParticipant {
  readonly callSid: CallSid;
  /** `customer`, `worker`, or whatever the plug-in called them: also the number that an external transfer went to. */
  readonly label?: string;
  /** The last time they came in. */
  readonly joinedAt?: Date;
  readonly joinedSequence?: number;
  /** The last time they left; before `joinedAt` where they came back. */
  readonly leftAt?: Date;
  /** Twilio's `ReasonParticipantLeft`. */
  readonly reasonLeft?: string;
  readonly leftSequence?: number;
}

/**
 * What the optional conference callbacks told of one conference; whatever their order, it comes to the same.
 *
 * A label may be a phone number, so it is a personal datum, kept for 30 days and printed by nothing.
 */
export interface ConferenceRecord {
  readonly conferenceSid: ConferenceSid;
  readonly version: number;
  readonly participants: readonly ConferenceParticipant[];
  readonly endedAt?: Date;
  /** Twilio's `ReasonConferenceEnded`. */
  readonly reasonEnded?: string;
  readonly callSidEnding?: CallSid;
}
