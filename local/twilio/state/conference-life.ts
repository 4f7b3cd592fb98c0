import { callSid, conferenceSid, type CallSid, type ConferenceSid } from '../../../lambdas/shared/domain/sids.ts';
import { emitConferenceEvent } from '../events/emit.ts';
import type { ReasonParticipantLeft } from '../events/twilio-event.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { ConferenceView, NewCall, NewConference, ParticipantRole, ReasonConferenceEnded } from '../simulator.ts';
import { mergeAsFlex } from './attributes.ts';
import type { Conference, Participant } from './records.ts';
import { stopRecordingsOf } from './recording-life.ts';
import type { World } from './world.ts';

export function startCall(world: World, call: NewCall = { direction: 'inbound' }): CallSid {
  const sid = callSid(world.sids.next('CA'));
  world.calls.set(sid, call);
  return sid;
}

export function startConference(world: World, input: NewConference): ConferenceSid {
  const conference: Conference = {
    sid: conferenceSid(world.sids.next('CF')),
    taskSid: input.taskSid,
    createdAtMs: world.clock.now(),
    participants: [],
    announced: false,
    updatedAtMs: world.clock.now(),
    status: 'in-progress',
    lastSequenceNumber: 0,
  };
  world.conferences.set(conference.sid, conference);
  addParticipant(
    world,
    conference,
    'customer',
    input.customerCallSid ?? startCall(world, { direction: 'outbound-api' }),
  );
  if (input.announce !== false) announceConference(world, conference.sid);
  return conference.sid;
}

/** Flex's shape: `conference: {sid, participants: {customer, worker}}`. */
export function announceConference(world: World, sid: ConferenceSid): void {
  const conference = needConference(world, sid);
  conference.announced = true;
  mergeAsFlex(world, conference.taskSid, (attributes) => ({ ...attributes, ...flexEntry(conference, attributes) }));
}

export function join(world: World, sid: ConferenceSid, role: ParticipantRole): CallSid {
  const conference = needConference(world, sid);
  if (conference.status === 'completed') throw new RefusedByTwilioError(`conference ${sid} is over: nobody can join`);
  const to = role === 'worker' ? 'client:agent' : '';
  const call = startCall(world, { to, direction: 'outbound-api' });
  addParticipant(world, conference, role, call);
  if (conference.announced) announceConference(world, sid);
  return call;
}

/** The participant's call ends with it, and what was recorded of that call alone. */
export function leave(world: World, sid: ConferenceSid, call: CallSid): void {
  const conference = needConference(world, sid);
  depart(world, conference, needParticipant(conference, call), { reason: 'participant_hung_up' });
  if (conference.participants.some(({ present }) => present)) return;
  end(world, conference, { reason: 'last-participant-left', by: call });
}

export function hangUp(world: World, sid: ConferenceSid, call: CallSid): void {
  const conference = needConference(world, sid);
  const participant = needParticipant(conference, call);
  if (!endsOnExit(conference, participant)) return leave(world, sid, call);
  depart(world, conference, participant, { reason: 'participant_hung_up', endsConference: true });
  dismiss(world, conference, 'moderator_ended_conference');
  end(world, conference, { reason: 'participant-with-end-conference-on-exit-left', by: call });
}

export function endConference(world: World, sid: ConferenceSid): void {
  const conference = needConference(world, sid);
  if (conference.status === 'completed') return;
  dismiss(world, conference, 'conference_ended_via_api');
  end(world, conference, { reason: 'conference-ended-via-api' });
}

/** The customer's exit ends it, and an agent's while nobody but the customer is there. */
export function endsOnExit({ participants }: Pick<Conference, 'participants'>, { callSid: call, role }: Participant) {
  if (role !== 'worker') return role === 'customer';
  return !participants.some((other) => other.present && other.callSid !== call && other.role !== 'customer');
}

export function conferenceView(world: World, sid: ConferenceSid): ConferenceView | undefined {
  const conference = world.conferences.get(sid);
  if (conference === undefined) return undefined;
  const { reasonEnded, callSidEnding } = conference;
  return {
    conferenceSid: conference.sid,
    taskSid: conference.taskSid,
    status: conference.status,
    ...(reasonEnded !== undefined && { reasonEnded }),
    ...(callSidEnding !== undefined && { callSidEnding }),
    participants: conference.participants.map(({ callSid: call, role, present }) => ({ callSid: call, role, present })),
  };
}

function needConference(world: World, sid: ConferenceSid): Conference {
  const conference = world.conferences.get(sid);
  if (conference === undefined) throw new RefusedByTwilioError(`conference ${sid} is not there`);
  return conference;
}

/** @throws {RefusedByTwilioError} when the call is not in the conference, or no longer. */
function needParticipant(conference: Conference, call: CallSid): Participant {
  const participant = conference.participants.find((one) => one.callSid === call && one.present);
  if (participant === undefined) throw new RefusedByTwilioError(`call ${call} is not in conference ${conference.sid}`);
  return participant;
}

function addParticipant(world: World, conference: Conference, role: ParticipantRole, call: CallSid): void {
  const participant: Participant = { callSid: call, role, joinedAtMs: world.clock.now(), present: true };
  conference.participants.push(participant);
  conference.updatedAtMs = world.clock.now();
  emitConferenceEvent(world, conference, { event: 'participant-join', participant });
  if (conference.participants.length === 2) emitConferenceEvent(world, conference, { event: 'conference-start' });
}

function dismiss(world: World, conference: Conference, reason: ReasonParticipantLeft): void {
  for (const participant of conference.participants.filter(({ present }) => present))
    depart(world, conference, participant, { reason });
}

function depart(
  world: World,
  conference: Conference,
  participant: Participant,
  how: { readonly reason: ReasonParticipantLeft; readonly endsConference?: boolean },
): void {
  participant.present = false;
  conference.updatedAtMs = world.clock.now();
  emitConferenceEvent(world, conference, { event: 'participant-leave', participant, ...how });
  stopRecordingsOf(world, { callSid: participant.callSid });
}

function end(
  world: World,
  conference: Conference,
  how: { readonly reason: ReasonConferenceEnded; readonly by?: CallSid },
): void {
  conference.status = 'completed';
  conference.reasonEnded = how.reason;
  if (how.by !== undefined) conference.callSidEnding = how.by;
  conference.updatedAtMs = world.clock.now();
  emitConferenceEvent(world, conference, { event: 'conference-end' });
  stopRecordingsOf(world, { conferenceSid: conference.sid });
}

/** The latest of each role; an outbound task also carries its worker's call beside the conference. */
function flexEntry(conference: Conference, attributes: JsonObject): JsonObject {
  const participants: Record<string, JsonValue> = isJsonObject(attributes['conference'])
    ? { ...objectAt(attributes['conference'], 'participants') }
    : {};
  for (const { role, callSid: call } of conference.participants) participants[role] = call;
  const { worker, customer } = participants;
  const outbound = attributes['direction'] === 'outbound' && worker !== undefined;
  // Flex's dialpad also keeps the number it dialled, under the call's own SID.
  if (outbound && typeof customer === 'string') participants[customer] = attributes['to'] ?? null;
  return { conference: { sid: conference.sid, participants }, ...(outbound && { worker_call_sid: worker }) };
}

function objectAt(from: JsonObject, key: string): Record<string, JsonValue> {
  const value = from[key];
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === undefined ? [] : [[name, inner]])),
  );
}
