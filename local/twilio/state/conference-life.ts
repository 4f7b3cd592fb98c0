import { callSid, conferenceSid, type CallSid, type ConferenceSid } from '../../../lambdas/shared/domain/sids.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { RefusedByTwilioError } from '../refused-by-twilio-error.ts';
import type { ConferenceView, NewConference, ParticipantRole } from '../simulator.ts';
import { mergeAsFlex } from './attributes.ts';
import type { Conference, Participant } from './records.ts';
import { stopRecordingsOf } from './recording-life.ts';
import type { World } from './world.ts';

export function startCall(world: World): CallSid {
  const sid = callSid(world.sids.next('CA'));
  world.calls.add(sid);
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
  };
  world.conferences.set(conference.sid, conference);
  addParticipant(world, conference, 'customer', input.customerCallSid ?? startCall(world));
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
  const call = startCall(world);
  addParticipant(world, conference, role, call);
  if (conference.announced) announceConference(world, sid);
  return call;
}

/** The participant's call ends with it, and what was recorded of that call alone. */
export function leave(world: World, sid: ConferenceSid, call: CallSid): void {
  const conference = needConference(world, sid);
  const participant = conference.participants.find((one) => one.callSid === call);
  if (participant === undefined) throw new RefusedByTwilioError(`call ${call} is not in conference ${sid}`);
  participant.present = false;
  conference.updatedAtMs = world.clock.now();
  stopRecordingsOf(world, { callSid: call });
}

export function endConference(world: World, sid: ConferenceSid): void {
  const conference = needConference(world, sid);
  for (const participant of conference.participants) {
    if (participant.present) leave(world, sid, participant.callSid);
  }
  conference.status = 'completed';
  conference.updatedAtMs = world.clock.now();
  stopRecordingsOf(world, { conferenceSid: sid });
}

export function conferenceView(world: World, sid: ConferenceSid): ConferenceView | undefined {
  const conference = world.conferences.get(sid);
  return (
    conference && {
      conferenceSid: conference.sid,
      taskSid: conference.taskSid,
      status: conference.status,
      participants: conference.participants.map(({ callSid: call, role, present }) => ({
        callSid: call,
        role,
        present,
      })),
    }
  );
}

function needConference(world: World, sid: ConferenceSid): Conference {
  const conference = world.conferences.get(sid);
  if (conference === undefined) throw new RefusedByTwilioError(`conference ${sid} is not there`);
  return conference;
}

function addParticipant(world: World, conference: Conference, role: ParticipantRole, call: CallSid): void {
  const participant: Participant = { callSid: call, role, joinedAtMs: world.clock.now(), present: true };
  conference.participants.push(participant);
  conference.updatedAtMs = world.clock.now();
}

/** The latest of each role; an outbound task also carries its worker's call beside the conference. */
function flexEntry(conference: Conference, attributes: JsonObject): JsonObject {
  const participants: Record<string, JsonValue> = isJsonObject(attributes['conference'])
    ? { ...objectAt(attributes['conference'], 'participants') }
    : {};
  for (const { role, callSid: call } of conference.participants) participants[role] = call;
  const worker = participants['worker'];
  const outbound = attributes['direction'] === 'outbound' && worker !== undefined;
  return { conference: { sid: conference.sid, participants }, ...(outbound && { worker_call_sid: worker }) };
}

function objectAt(from: JsonObject, key: string): Record<string, JsonValue> {
  const value = from[key];
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === undefined ? [] : [[name, inner]])),
  );
}
