import type {
  AccountSid,
  CallSid,
  ConferenceSid,
  RecordingSid,
  TaskSid,
  WorkspaceSid,
} from '../../../lambdas/shared/domain/sids.ts';

/** A field by its name in the classic callback, for example `TaskSid`; `null` is blank in a form and null in JSON. */
export type EventFields = Readonly<Record<string, string | number | null>>;

/** A TaskRouter event as it was at the moment it happened, free of any transport. */
export interface TaskRouterEvent {
  readonly kind: 'task-router';
  /** EV…; the same on every transport. */
  readonly eventSid: string;
  /** The CloudEvent's own id, the same on every retry. */
  readonly cloudEventId: string;
  /** `task.created`, `reservation.accepted`, … */
  readonly eventType: string;
  readonly occurredAtMs: number;
  readonly accountSid: AccountSid;
  readonly workspaceSid: WorkspaceSid;
  readonly workspaceName: string;
  readonly description: string;
  readonly resourceType: 'task' | 'reservation' | 'worker' | 'task-queue' | 'workflow';
  readonly resourceSid: string;
  readonly taskSid?: TaskSid;
  readonly fields: EventFields;
  /** Those that are known of Event Streams only. */
  readonly streamOnlyFields: EventFields;
}

/** A recording's status callback. */
export interface RecordingEvent {
  readonly kind: 'recording';
  readonly status: 'in-progress' | 'completed' | 'absent' | 'failed';
  readonly accountSid: AccountSid;
  readonly recordingSid: RecordingSid;
  readonly recordingUrl: string;
  readonly callSid?: CallSid;
  readonly conferenceSid?: ConferenceSid;
  readonly channels: number;
  readonly source: string;
  readonly startedAtMs: number;
  /** Only on `completed`. */
  readonly durationSeconds?: number;
  /** JSON; only on `completed`, and only of an encrypted recording. */
  readonly encryptionDetails?: string;
  readonly errorCode?: string;
}

/** Values of `ReasonParticipantLeft` that are met here (twilio.com/docs/voice/twiml/conference, read 2026-11). */
export type ReasonParticipantLeft = 'participant_hung_up' | 'moderator_ended_conference' | 'conference_ended_via_api';

/** A conference's status callback. */
export interface ConferenceEvent {
  readonly kind: 'conference';
  readonly event: 'conference-start' | 'conference-end' | 'participant-join' | 'participant-leave';
  readonly accountSid: AccountSid;
  readonly conferenceSid: ConferenceSid;
  readonly taskSid: TaskSid;
  readonly occurredAtMs: number;
  /** From 1, one conference's events in their order. */
  readonly sequenceNumber: number;
  /** On `participant-…`. */
  readonly participant?: {
    readonly callSid: CallSid;
    readonly label: string;
    readonly endsConference: boolean;
    readonly reasonLeft?: ReasonParticipantLeft;
  };
  /** On `conference-end`. */
  readonly reasonEnded?: string;
  readonly callSidEnding?: CallSid;
}

/** What a sink is tried with; it goes to that sink alone. */
export interface SinkTestEvent {
  readonly kind: 'sink-test';
  readonly accountSid: AccountSid;
  readonly sinkSid: string;
  readonly testId: string;
  readonly occurredAtMs: number;
}

export type TwilioEvent = TaskRouterEvent | RecordingEvent | ConferenceEvent | SinkTestEvent;
