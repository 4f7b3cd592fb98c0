import type { WorkspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import type { Conference, Participant, Task } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { queueFields, taskFields, taskStreamFields } from './fields.ts';
import type { ConferenceEvent, EventFields, ReasonParticipantLeft, TaskRouterEvent } from './twilio-event.ts';

type NewEvent = {
  readonly eventType: string;
  readonly resource: { readonly type: TaskRouterEvent['resourceType']; readonly sid: string };
  readonly fields: EventFields;
  readonly streamOnlyFields?: EventFields;
} & ({ readonly task: Task } | { readonly workspaceSid: WorkspaceSid });

/** Stamps the event with its SID and the clock's time and hands it to the delivery. */
export function emitTaskRouterEvent(world: World, event: NewEvent): void {
  const workspaceSid = 'task' in event ? event.task.workspaceSid : event.workspaceSid;
  world.emit({
    kind: 'task-router',
    eventSid: world.sids.next('EV'),
    cloudEventId: world.sids.next('NO'),
    eventType: event.eventType,
    occurredAtMs: world.clock.now(),
    accountSid: world.accountSid,
    workspaceSid,
    workspaceName: world.workspaces.get(workspaceSid)?.name ?? '',
    description: `${event.resource.type} ${event.resource.sid}: ${event.eventType}`,
    resourceType: event.resource.type,
    resourceSid: event.resource.sid,
    ...('task' in event && { taskSid: event.task.sid }),
    fields: event.fields,
    streamOnlyFields: event.streamOnlyFields ?? {},
  });
}

/** An event about a task. `task.created` alone does not name the queue: none has been chosen yet. */
export function emitTaskEvent(world: World, eventType: string, task: Task, more: EventFields = {}): void {
  emitTaskRouterEvent(world, {
    eventType,
    resource: { type: 'task', sid: task.sid },
    fields: { ...taskFields(world, task), ...(eventType !== 'task.created' && queueFields(task)), ...more },
    streamOnlyFields: taskStreamFields(world, task),
    task,
  });
}

type ConferenceHappening = { readonly event: 'conference-start' | 'conference-end' } | ParticipantHappening;

interface ParticipantHappening {
  readonly event: 'participant-join' | 'participant-leave';
  readonly participant: Participant;
  readonly reason?: ReasonParticipantLeft;
  /** Whether the exit of this participant ends the conference. */
  readonly endsConference?: boolean;
}

/** Counts the conference's events and hands this one to the delivery. */
export function emitConferenceEvent(world: World, conference: Conference, happening: ConferenceHappening): void {
  conference.lastSequenceNumber += 1;
  const { reasonEnded, callSidEnding } = conference;
  world.emit({
    kind: 'conference',
    event: happening.event,
    accountSid: world.accountSid,
    conferenceSid: conference.sid,
    taskSid: conference.taskSid,
    occurredAtMs: world.clock.now(),
    sequenceNumber: conference.lastSequenceNumber,
    ...('participant' in happening && { participant: participantOf(happening) }),
    ...(reasonEnded !== undefined && { reasonEnded }),
    ...(callSidEnding !== undefined && { callSidEnding }),
  });
}

function participantOf({
  participant: { callSid, role },
  reason,
  endsConference = false,
}: ParticipantHappening): NonNullable<ConferenceEvent['participant']> {
  return { callSid, label: role, endsConference, ...(reason !== undefined && { reasonLeft: reason }) };
}
