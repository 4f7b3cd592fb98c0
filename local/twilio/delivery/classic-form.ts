import type { ConferenceEvent, RecordingEvent, TaskRouterEvent } from '../events/twilio-event.ts';
import { rfc2822 } from '../rfc-2822.ts';

type Form = Readonly<Record<string, string>>;

/** The workspace callback's fields; what is not known is blank. */
export function taskEventForm(event: TaskRouterEvent): Form {
  return {
    EventType: event.eventType,
    AccountSid: event.accountSid,
    WorkspaceSid: event.workspaceSid,
    WorkspaceName: event.workspaceName,
    EventDescription: event.description,
    ResourceType: event.resourceType,
    ResourceSid: event.resourceSid,
    Timestamp: String(Math.floor(event.occurredAtMs / 1000)),
    TimestampMs: String(event.occurredAtMs),
    Sid: event.eventSid,
    ...Object.fromEntries(Object.entries(event.fields).map(([name, value]) => [name, String(value ?? '')])),
  };
}

/** The recording status callback's fields (twilio.com/docs/voice/api/recording, read 2026-11). */
export function recordingEventForm(event: RecordingEvent): Form {
  return {
    AccountSid: event.accountSid,
    ...(event.callSid !== undefined && { CallSid: event.callSid }),
    ...(event.conferenceSid !== undefined && { ConferenceSid: event.conferenceSid }),
    RecordingSid: event.recordingSid,
    RecordingUrl: event.recordingUrl,
    RecordingStatus: event.status,
    ...(event.durationSeconds !== undefined && { RecordingDuration: String(event.durationSeconds) }),
    RecordingChannels: String(event.channels),
    RecordingStartTime: rfc2822(event.startedAtMs),
    RecordingSource: event.source,
    RecordingTrack: 'both',
    ...(event.encryptionDetails !== undefined && { EncryptionDetails: event.encryptionDetails }),
    ...(event.errorCode !== undefined && { ErrorCode: event.errorCode }),
  };
}

/** The conference status callback's fields (twilio.com/docs/voice/twiml/conference, read 2026-11). */
export function conferenceEventForm(event: ConferenceEvent): Form {
  const { participant } = event;
  return {
    AccountSid: event.accountSid,
    ConferenceSid: event.conferenceSid,
    FriendlyName: event.taskSid,
    StatusCallbackEvent: event.event,
    SequenceNumber: String(event.sequenceNumber),
    Timestamp: rfc2822(event.occurredAtMs),
    ...(participant !== undefined && {
      CallSid: participant.callSid,
      ParticipantLabel: participant.label,
      Muted: 'false',
      Hold: 'false',
      Coaching: 'false',
      StartConferenceOnEnter: 'true',
      EndConferenceOnExit: String(participant.endsConference),
    }),
    ...(participant?.reasonLeft !== undefined && { ReasonParticipantLeft: participant.reasonLeft }),
    ...(event.reasonEnded !== undefined && { ReasonConferenceEnded: event.reasonEnded }),
    ...(event.callSidEnding !== undefined && { CallSidEndingConference: event.callSidEnding }),
  };
}
