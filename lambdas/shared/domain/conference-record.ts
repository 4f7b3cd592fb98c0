import type { CallSid, ConferenceSid } from './sids.ts';

/** Somebody in a conference, as its status callbacks told. */
export interface ConferenceParticipant {
  readonly callSid: CallSid;
  /** `customer`, `worker`, or whatever the plug-in called them. */
  readonly label?: string;
  readonly joinedAt?: Date;
  readonly leftAt?: Date;
  /** Twilio's `ReasonParticipantLeft`. */
  readonly reasonLeft?: string;
  readonly leftSequence?: number;
}

/** What the optional conference callbacks told of one conference; whatever their order, it comes to the same. */
export interface ConferenceRecord {
  readonly conferenceSid: ConferenceSid;
  readonly version: number;
  readonly participants: readonly ConferenceParticipant[];
  readonly endedAt?: Date;
  /** Twilio's `ReasonConferenceEnded`. */
  readonly reasonEnded?: string;
  readonly callSidEnding?: CallSid;
}
